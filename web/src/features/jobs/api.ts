import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Job, State } from "@/lib/api/types";

export interface JobFilter {
  readonly q?: string;
  readonly state?: State;
  /** Those of batches, too; without it only those that were asked for by themselves. */
  readonly all?: true;
}

export const jobsQuery = ({ all, ...rest }: JobFilter) =>
  infiniteQueryOptions({
    queryKey: keys.jobs.list({ ...rest, all: all ?? false }),
    queryFn: ({ signal, pageParam }) =>
      data(api.GET("/v1/jobs", { params: { query: { ...rest, ...(!all && { batch: "none" }), limit: 20, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** Cancels a job, or has a failed one go on from the step that failed. */
export function useTurn(what: "cancel" | "retry") {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => {
      const of = { params: { path: { job: id } } };
      return what === "cancel" ? data(api.POST("/v1/jobs/{job}/cancel", of)) : data(api.POST("/v1/jobs/{job}/retry", of));
    },
    onSuccess: (job: Job) => {
      cache.setQueryData<Job>(keys.jobs.one(job.id), (before) => ({ ...job, brief: job.brief ?? before?.brief ?? null }));
      void cache.invalidateQueries({ queryKey: keys.jobs.lists });
    },
  });
}
