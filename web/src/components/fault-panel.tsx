import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { span } from "@/lib/format";
import { faultOf, type Fault } from "@/lib/faults";
import { useCountdown } from "@/lib/hooks";

interface FaultPanelProps {
  /** Whatever was thrown. */
  readonly error: unknown;
  /** Tries the same again. Counts down first where the server asked to wait. */
  readonly onRetry?: () => void;
  readonly className?: string;
}

/** Tells a person what went wrong, and offers the way on. The one place that shows faults on a page. */
export function FaultPanel({ error, onRetry, className }: FaultPanelProps) {
  const [fault, setFault] = useState<{ of: unknown; is: Fault }>(() => ({ of: error, is: faultOf(error) }));
  if (fault.of !== error) setFault({ of: error, is: faultOf(error) });
  return <Told fault={fault.is} {...(onRetry && { onRetry })} {...(className && { className })} />;
}

function Told({ fault, onRetry, className }: { fault: Fault; onRetry?: () => void; className?: string }) {
  const waits = useCountdown(fault.retryAfterS === null ? null : fault.at.getTime() + fault.retryAfterS * 1000);
  const told = new Set(fault.fields.map((field) => field.message));
  return (
    <ErrorPanel
      title={fault.title}
      reference={fault.requestId}
      {...(className && { className })}
      actions={
        onRetry && (
          <Button size="sm" disabled={waits > 0} onClick={onRetry}>
            {waits > 0 ? `Try again in ${span(waits)}` : "Try again"}
          </Button>
        )
      }
    >
      <p>{fault.detail}</p>
      {!onRetry && waits > 0 && <p className="figures">Worth trying again in {span(waits)}.</p>}
      {told.size > 1 && (
        <ul className="mt-1 list-disc pl-4">
          {[...told].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </ErrorPanel>
  );
}
