import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { ScriptBrief, Video } from "@/lib/api/types";

export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: keys.videos.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/videos/{video}", { params: { path: { video: id } }, signal })),
  });

export const matchesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.videos.part(id, "matches"),
    queryFn: ({ signal }) => data(api.GET("/v1/videos/{video}/match-report", { params: { path: { video: id } }, signal })),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: keys.videos.part(id, "timeline"),
    queryFn: ({ signal }) => data(api.GET("/v1/videos/{video}/timeline", { params: { path: { video: id } }, signal })),
  });

/** After a change a video is made again; what hangs on it is read again as it comes. */
function useChange<Wish>(send: (wish: Wish) => Promise<Video>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (video) => {
      cache.setQueryData(keys.videos.one(video.id), video);
      void cache.invalidateQueries({ queryKey: keys.videos.one(video.id) });
      void cache.invalidateQueries({ queryKey: keys.jobs.one(video.job) });
    },
  });
}

/** Another picture over a phrase. Only the files are made again. */
export const useSwap = (video: string) =>
  useChange(({ phrase, runnerUp }: { readonly phrase: number; readonly runnerUp: number }) =>
    data(api.PATCH("/v1/videos/{video}/matches/{phrase}", { params: { path: { video, phrase } }, body: { runner_up: runnerUp } as never })));

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: keys.videos.part(id, "review"),
    queryFn: ({ signal }) => data(api.GET("/v1/videos/{video}/review", { params: { path: { video: id } }, signal })),
  });

/** Other words. What hangs on them is made again; `hold` waits once more for who looks. */
export const useScript = (video: string) =>
  useChange((script: string) =>
    data(api.PATCH("/v1/videos/{video}/script", { params: { path: { video } }, body: { script, hold: true } as never })));

export const useApprove = (video: string) =>
  useChange(() => data(api.POST("/v1/videos/{video}/approve", { params: { path: { video } } })));

/** Other subtitles over the same pictures. */
export const useStyle = (video: string) =>
  useChange((subtitles: Partial<ScriptBrief["subtitles"]>) =>
    data(api.PATCH("/v1/videos/{video}/style", { params: { path: { video } }, body: { subtitles } as never })));
