import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Columns, Feed, ProductState, Sent } from "@/lib/api/types";

export const PAGE = 50;

/** Which products are shown; stands in the address. */
export interface ProductFilter {
  readonly q?: string;
  readonly state?: ProductState;
}

export const productsQuery = (feed: string, filter: ProductFilter, cursor: string | null) =>
  queryOptions({
    queryKey: keys.feeds.part(feed, "products", { ...filter, cursor }),
    queryFn: ({ signal }) =>
      data(api.GET("/v1/feeds/{feed}/products", { params: { path: { feed }, query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } }, signal })),
    placeholderData: keepPreviousData,
  });

export const importsQuery = (feed: string) =>
  infiniteQueryOptions({
    queryKey: keys.feeds.part(feed, "imports"),
    queryFn: ({ signal, pageParam }) =>
      data(api.GET("/v1/feeds/{feed}/imports", { params: { path: { feed }, query: { limit: 10, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const problemsQuery = (feed: string, ident: string) =>
  infiniteQueryOptions({
    queryKey: keys.feeds.part(feed, "problems", { ident }),
    queryFn: ({ signal, pageParam }) =>
      data(api.GET("/v1/feeds/{feed}/imports/{feed_import}/problems", { params: { path: { feed, feed_import: ident }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Infinity, // an import that is over stays as it is
  });

export interface NewFeed {
  readonly name: string;
  readonly url: string | null;
  readonly table: string | null;
  readonly columns: Sent<Columns>;
  readonly language: string | null;
}

/** Adds a feed. The same form sent again, because no answer came, is the same feed. */
export function useAddFeed() {
  const cache = useQueryClient();
  const open = useRef<{ readonly key: string; readonly body: string } | null>(null);
  return useMutation({
    meta: { shown: true },
    mutationFn: (feed: NewFeed) => {
      const body = JSON.stringify(feed);
      if (open.current?.body !== body) open.current = { key: crypto.randomUUID(), body };
      const header = { "Idempotency-Key": open.current.key };
      return data(api.POST("/v1/feeds", { body: feed as never, headers: header, params: { header } }));
    },
    onSuccess: (feed) => {
      open.current = null;
      cache.setQueryData(keys.feeds.one(feed.id), feed);
      void cache.invalidateQueries({ queryKey: keys.feeds.lists });
    },
  });
}

interface Change {
  readonly name?: string;
  readonly url?: string;
  readonly columns?: Sent<Columns>;
  readonly language?: string;
}

export function useChangeFeed(id: string) {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: (change: Change) => data(api.PATCH("/v1/feeds/{feed}", { params: { path: { feed: id } }, body: change as never })),
    onSuccess: (feed) => {
      cache.setQueryData<Feed>(keys.feeds.one(id), feed);
      void cache.invalidateQueries({ queryKey: keys.feeds.lists });
    },
  });
}

export function useRemoveFeed(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => data(api.DELETE("/v1/feeds/{feed}", { params: { path: { feed: id } } })),
    onSuccess: () => {
      cache.removeQueries({ queryKey: keys.feeds.one(id) });
      void cache.invalidateQueries({ queryKey: keys.feeds.lists });
    },
  });
}

/** Reads a feed again: at its address, or from a table that was uploaded. */
export function useImport(id: string) {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: (table: string | null) => data(api.POST("/v1/feeds/{feed}/imports", { params: { path: { feed: id } }, body: { table } })),
    onSuccess: (last_import) => {
      cache.setQueryData<Feed>(keys.feeds.one(id), (before) => before && { ...before, last_import });
      void cache.invalidateQueries({ queryKey: keys.feeds.part(id, "imports") });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.feeds.one(id), exact: true }),
  });
}
