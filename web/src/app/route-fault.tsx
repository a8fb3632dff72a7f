import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useEffect } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { LinkButton } from "@/components/ui/link-button";
import { faultOf } from "@/lib/faults";
import { useDocumentTitle } from "@/lib/hooks";

/** What a page shows that broke: the rest of the house stands. */
export function RouteFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  useDocumentTitle("Something broke");
  const fault = faultOf(error);
  useEffect(() => { console.error(fault.requestId ?? fault.code, error); }, [fault, error]);
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="mx-auto max-w-xl pt-10">
      <FaultPanel error={fault} onRetry={again} />
      <LinkButton to="/" look="link" size="sm" className="mt-3">
        Home
      </LinkButton>
    </div>
  );
}
