import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { plural } from "@/lib/format";
import type { PresetName, Sort, State } from "@/lib/api/types";

/** What stands in the address: which videos, in which order. */
export interface LibraryFilter {
  readonly q?: string;
  readonly state?: State;
  readonly preset?: PresetName;
  readonly project?: string;
  readonly sort?: Sort;
  readonly deleted?: true;
}

export const videosQuery = (filter: LibraryFilter) =>
  infiniteQueryOptions({
    queryKey: keys.videos.list(filter),
    queryFn: ({ signal, pageParam }) =>
      data(api.GET("/v1/videos", { params: { query: { ...filter, limit: 24, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** The series that jobs were put into, newest first. */
export const projectsQuery = queryOptions({
  queryKey: keys.projects,
  queryFn: ({ signal }) => data(api.GET("/v1/projects", { params: { query: { limit: 100 } }, signal })),
});

export function useRename() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { readonly id: string; readonly name: string }) =>
      data(api.PATCH("/v1/videos/{video}", { params: { path: { video: id } }, body: { name } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.videos.all }),
  });
}

/** Deletes at once, and offers to take it back. What could not be deleted is told. */
export function useDelete() {
  const cache = useQueryClient();
  const restore = useRestore();
  return useMutation({
    mutationFn: (ids: readonly string[]) => data(api.POST("/v1/videos/delete", { body: { ids: [...ids] } })),
    onSuccess: ({ done, refused }) => {
      void cache.invalidateQueries({ queryKey: keys.videos.all });
      if (done.length > 0) toast(`${plural(done.length, "video")} deleted`, { action: { label: "Undo", run: () => { restore.mutate(done); } } });
      const [first] = refused;
      if (first) toast(`${plural(refused.length, "video")} not deleted`, { detail: first.detail, tone: "bad" });
    },
  });
}

export function useRestore() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => data(api.POST("/v1/videos/restore", { body: { ids: [...ids] } })),
    onSuccess: ({ done }) => {
      void cache.invalidateQueries({ queryKey: keys.videos.all });
      toast(`${plural(done.length, "video")} restored`, { tone: "good" });
    },
  });
}
