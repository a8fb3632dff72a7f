import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Feed, FeedImport } from "@/lib/api/types";

const LOOK_MS = 1_500;

export const isRunning = (one: FeedImport | null): boolean => one?.state === "waiting" || one?.state === "running";

/** Feeds, newest first; read again while one of them is being imported. */
export const feedsQuery = infiniteQueryOptions({
  queryKey: keys.feeds.lists,
  queryFn: ({ signal, pageParam }) =>
    data(api.GET("/v1/feeds", { params: { query: { limit: 30, ...(pageParam && { cursor: pageParam }) } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((feed) => isRunning(feed.last_import))) ? LOOK_MS : false),
});

export const feedQuery = (id: string) =>
  queryOptions({
    queryKey: keys.feeds.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/feeds/{feed}", { params: { path: { feed: id } }, signal })),
    refetchInterval: ({ state }) => (isRunning(state.data?.last_import ?? null) ? LOOK_MS : false),
  });

/** "shop.example", or that it is a file. */
export function sourceOf({ url }: Pick<Feed, "url">): string {
  if (url === null) return "from a file";
  try {
    return new URL(url).host;
  } catch {
    return url; // as it was written
  }
}
