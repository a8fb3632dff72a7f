import { queryOptions } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";

/** What there is to choose from, and the limits. */
export const optionsQuery = queryOptions({
  queryKey: keys.options,
  queryFn: ({ signal }) => data(api.GET("/v1/options", { signal })),
  staleTime: 5 * 60_000,
});

export const voicesQuery = queryOptions({
  queryKey: keys.voices,
  queryFn: ({ signal }) => data(api.GET("/v1/voices", { signal })),
  staleTime: 5 * 60_000,
});
