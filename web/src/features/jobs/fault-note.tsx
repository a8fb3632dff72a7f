import { CircleAlert } from "lucide-react";
import type { FaultReport } from "@/lib/api/types";

/** What went wrong, in the words of who found it. */
export function FaultNote({ fault }: { readonly fault: FaultReport }) {
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-bad-soft px-3 py-2 text-sm text-bad">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="break-words">{fault.message}</p>
        <p className="mt-0.5 text-xs">
          {fault.technical ? `A technical fault, tried ${String(fault.tries)} times. Retry goes on from this step.` : "Trying again changes nothing: change what was asked for."}{" "}
          <code>{fault.code}</code>
        </p>
      </div>
    </div>
  );
}
