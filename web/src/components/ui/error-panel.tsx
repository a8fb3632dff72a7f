import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** By which the fault can be found in the log. */
  readonly reference?: string | null;
  readonly className?: string;
}

/** Something went wrong here. Mostly used through `Fault`, which knows the words. */
export function ErrorPanel({ title, children, actions, reference, className }: PanelProps) {
  return (
    <div role="alert" className={cn("flex gap-3 rounded-lg border border-bad/30 bg-bad-soft p-4", className)}>
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{title}</h2>
        <div className="mt-0.5 text-sm break-words text-ink-2">{children}</div>
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
        {reference && (
          <p className="mt-3 text-xs text-ink-2">
            Reference <code className="font-mono select-all">{reference}</code>
          </p>
        )}
      </div>
    </div>
  );
}
