import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { Session } from "@/lib/api/types";

/** Who is here. The key itself stays in a cookie that no script can read. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => data(api.GET("/v1/session", { signal })),
  staleTime: 5 * 60_000,
});

export const useSession = () => useQuery(sessionQuery);

/** Signs in with a key; refused, it fails with the Fault `key_unknown`, which the form shows. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: (key: string) => data(api.POST("/v1/session", { body: { key } })),
    onSuccess: (session) => { startOver(cache, session); },
  });
}

/** Signs out, and forgets all that was shown. */
export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => data(api.DELETE("/v1/session")),
    onSuccess: () => { startOver(cache, { signed_in: false, needs_key: true, profile: null }); },
  });
}

/** Another person sees nothing of the one before. */
function startOver(cache: QueryClient, session: Session): void {
  cache.setQueryData(keys.session, session);
  cache.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
}
