import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Batch, RowState } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import type { Asked } from "./wish";

export const PAGE = 50;
const LOOK_MS = 4_000; // beside the live events: that rows were refused is told by none

const moves = (batch: Batch | undefined): boolean => batch?.state === "preparing" || batch?.state === "running";

/** Which rows are shown; stands in the address. */
export interface RowFilter {
  readonly q?: string;
  readonly state?: RowState;
}

export const batchesQuery = infiniteQueryOptions({
  queryKey: keys.batches.lists,
  queryFn: ({ signal, pageParam }) =>
    data(api.GET("/v1/batches", { params: { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(moves)) ? LOOK_MS : false),
});

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: keys.batches.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/batches/{batch}", { params: { path: { batch: id } }, signal })),
    refetchInterval: ({ state }) => (moves(state.data) ? LOOK_MS : false),
  });

export const rowsQuery = (batch: Batch, filter: RowFilter, cursor: string | null) =>
  queryOptions({
    queryKey: [...keys.batches.rows(batch.id), { ...filter, cursor }],
    queryFn: ({ signal }) =>
      data(api.GET("/v1/batches/{batch}/rows", { params: { path: { batch: batch.id }, query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: moves(batch) ? LOOK_MS : false,
  });

/** What the first rows would become. Nothing is made. */
export const previewQuery = (asked: Asked) =>
  queryOptions({
    queryKey: keys.batches.preview(asked),
    queryFn: ({ signal }) => data(api.POST("/v1/batches/preview", { body: asked as never, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** Asks for a batch. The same form sent again, because no answer came, is the same batch. */
export function useCreate() {
  const cache = useQueryClient();
  const open = useRef<{ readonly key: string; readonly body: string } | null>(null);
  return useMutation({
    meta: { shown: true },
    mutationFn: (asked: Asked & { readonly title: string }) => {
      const body = JSON.stringify(asked);
      if (open.current?.body !== body) open.current = { key: crypto.randomUUID(), body };
      const header = { "Idempotency-Key": open.current.key };
      return data(api.POST("/v1/batches", { body: asked as never, headers: header, params: { header } }));
    },
    onError: (thrown) => {
      const { status } = faultOf(thrown);
      if (status > 0 && status < 500 && status !== 408) open.current = null; // refused: the next one is another
    },
    onSuccess: (batch) => {
      open.current = null;
      cache.setQueryData(keys.batches.one(batch.id), batch);
      void cache.invalidateQueries({ queryKey: keys.batches.lists });
    },
  });
}

export type Steering = "pause" | "resume" | "cancel" | "retry";

/** Pauses, goes on, gives up, or tries again what failed. */
export function useSteer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (what: Steering) => {
      const of = { params: { path: { batch: id } } };
      if (what === "pause") return data(api.POST("/v1/batches/{batch}/pause", of));
      if (what === "resume") return data(api.POST("/v1/batches/{batch}/resume", of));
      if (what === "cancel") return data(api.POST("/v1/batches/{batch}/cancel", of));
      return data(api.POST("/v1/batches/{batch}/retry", of));
    },
    onSuccess: (batch) => {
      cache.setQueryData<Batch>(keys.batches.one(id), (before) => ({ ...batch, template: batch.template ?? before?.template ?? null }));
      void cache.invalidateQueries({ queryKey: keys.batches.rows(id) });
      void cache.invalidateQueries({ queryKey: keys.batches.lists });
    },
    onError: () => cache.invalidateQueries({ queryKey: keys.batches.one(id) }),
  });
}
