import { queryOptions } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";

/** Who is signed in, with their limits and their brand. */
export const profileQuery = queryOptions({
  queryKey: keys.profile,
  queryFn: ({ signal }) => data(api.GET("/v1/profile", { signal })),
});
