import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Asset } from "@/lib/api/types";

export interface AssetFilter {
  readonly kind?: Asset["kind"];
  readonly favourite?: true;
  readonly keyword?: string;
}

/** Uploads, newest first, page by page. */
export const assetsQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: keys.assets.list(filter),
    queryFn: ({ signal, pageParam }) =>
      data(api.GET("/v1/assets", { params: { query: { ...filter, limit: 30, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: keys.assets.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/assets/{asset}", { params: { path: { asset: id } }, signal })),
  });
