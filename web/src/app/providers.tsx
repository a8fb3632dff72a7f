import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Toasts } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { connection } from "@/lib/connection";
import { LiveProvider } from "@/lib/live";

interface ProvidersProps {
  readonly client: QueryClient;
  readonly children: ReactNode;
}

export function Providers({ client, children }: ProvidersProps) {
  useEffect(() => connection.onHealed(() => void client.invalidateQueries()), [client]);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <LiveProvider>
          <TooltipProvider delay={400}>
            {children}
            <Toasts />
          </TooltipProvider>
        </LiveProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
