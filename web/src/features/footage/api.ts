import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Asset } from "@/lib/api/types";
import type { components } from "@/lib/api/schema";

export type Notes = components["schemas"]["Notes"];
export type Segment = components["schemas"]["Segment"];

const at = (asset: string) => ({ path: { asset } });

export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.part(id, "analysis"),
    queryFn: ({ signal }) => data(api.GET("/v1/assets/{asset}/analysis", { params: at(id), signal })),
  });

/** Notes, and the tag of the state they were read in. */
export interface Noted {
  readonly notes: Notes;
  readonly tag: string | null;
}

async function noted(answer: Promise<{ data?: Notes; error?: unknown; response: Response }>): Promise<Noted> {
  return { notes: await data(answer), tag: (await answer).response.headers.get("ETag") };
}

export const notesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.part(id, "notes"),
    queryFn: ({ signal }) => noted(api.GET("/v1/assets/{asset}/notes", { params: at(id), signal })),
  });

/** Writes notes, unless somebody else changed them since they were read. */
export function useNotes(id: string) {
  const cache = useQueryClient();
  const own = keys.assets.part(id, "notes");
  return useMutation({
    mutationFn: (notes: Notes) => {
      const tag = cache.getQueryData<Noted>(own)?.tag;
      return noted(api.PUT("/v1/assets/{asset}/notes", { params: { ...at(id), header: tag ? { "If-Match": tag } : {} }, body: notes }));
    },
    onSuccess: (written) => {
      cache.setQueryData(own, written);
      void cache.invalidateQueries({ queryKey: keys.assets.lists });
      void cache.invalidateQueries({ queryKey: keys.assets.one(id), exact: true });
    },
    onError: () => cache.invalidateQueries({ queryKey: own }),
  });
}

/** Has the gateway bring a file from the internet. */
export function useFetch() {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ url, kind }: { readonly url: string; readonly kind: Asset["kind"] }) =>
      data(api.POST("/v1/assets/fetch", { body: { url, kind, name: null } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.assets.lists }),
  });
}
