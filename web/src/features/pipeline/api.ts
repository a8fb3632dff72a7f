import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { components } from "@/lib/api/schema";

export type Letter = components["schemas"]["LetterResource"];

const EVERY_MS = 5_000;

/** The live stream tells nothing of stations, so this is read again while somebody looks. */
export const healthQuery = queryOptions({
  queryKey: keys.pipeline,
  queryFn: ({ signal }) => data(api.GET("/health/pipeline", { signal })),
  refetchInterval: EVERY_MS,
  refetchIntervalInBackground: false,
});

export const lettersQuery = infiniteQueryOptions({
  queryKey: [...keys.pipeline, "letters"],
  queryFn: ({ signal, pageParam }) =>
    data(api.GET("/v1/dead-letters", { params: { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export function useReplay() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (letter: string) => data(api.POST("/v1/dead-letters/{letter}/replay", { params: { path: { letter } } })),
    onSuccess: () => {
      toast("It is tried once more", { tone: "good" });
      void cache.invalidateQueries({ queryKey: keys.pipeline });
    },
  });
}
