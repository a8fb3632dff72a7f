import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { toastFault } from "@/components/ui/toast";
import { keys } from "@/lib/api/keys";
import { faultOf } from "@/lib/faults";

const FRESH_MS = 15_000;

/** The page's memory of what the gateway told. Nothing that fails here is silent. */
export function queryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      // The client of the API tries again itself. A machine without a network still reaches a gateway on itself.
      queries: { retry: false, networkMode: "always", staleTime: FRESH_MS },
      mutations: { retry: false, networkMode: "always" },
    },
    queryCache: new QueryCache({
      onError: (error, query) => {
        askWhoIsHere(client, error);
        // What is shown may be old now. While nothing answers, the banner says so; of a further page, the list does.
        const shown = faultOf(error).unreachable || query.state.fetchMeta?.fetchMore !== undefined;
        if (query.state.data !== undefined && !shown) toastFault(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        askWhoIsHere(client, error);
        if (!mutation.options.onError && mutation.meta?.shown !== true) toastFault(error);
      },
    }),
  });
  return client;
}

function askWhoIsHere(client: QueryClient, error: unknown): void {
  if (faultOf(error).status === 401) void client.invalidateQueries({ queryKey: keys.session });
}
