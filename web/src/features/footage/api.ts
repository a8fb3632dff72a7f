import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Asset } from "@/lib/api/types";
import type { components } from "@/lib/api/schema";

export type Notes = components["schemas"]["Notes"];
export type Segment = components["schemas"]["Segment"];

const at = (asset: string) => ({ path: { asset } });

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/assets/{asset}", { params: at(id), signal })),
  });

export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.part(id, "analysis"),
    queryFn: ({ signal }) => data(api.GET("/v1/assets/{asset}/analysis", { params: at(id), signal })),
  });

export const notesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.part(id, "notes"),
    queryFn: ({ signal }) => data(api.GET("/v1/assets/{asset}/notes", { params: at(id), signal })),
  });

export function useNotes(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (notes: Notes) => data(api.PUT("/v1/assets/{asset}/notes", { params: at(id), body: notes })),
    onSuccess: (notes) => {
      cache.setQueryData(keys.assets.part(id, "notes"), notes);
      void cache.invalidateQueries({ queryKey: keys.assets.lists });
      void cache.invalidateQueries({ queryKey: keys.assets.one(id), exact: true });
    },
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
