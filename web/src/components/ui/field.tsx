import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

/** How anything that is typed or chosen in looks. */
export const CONTROL =
  "h-9 w-full rounded-md border border-line-strong bg-surface px-3 text-sm text-ink shadow-low transition-colors outline-offset-0 hover:border-ink-3 focus-visible:border-accent disabled:opacity-50 data-disabled:opacity-50 data-invalid:border-bad pointer-coarse:h-11";

interface FieldProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with it, in words for a person. */
  readonly error?: string | undefined;
  /** Stands at the right of the label, such as a count. */
  readonly aside?: ReactNode;
  readonly hideLabel?: boolean;
  readonly className?: string;
}

/** A label, a control, and what there is to say about it, tied together for screen readers. */
export function Field({ label, children, hint, error, aside, hideLabel = false, className }: FieldProps) {
  return (
    <Base.Root invalid={Boolean(error)} className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className={cn("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
        <Base.Label className="text-sm font-medium">{label}</Base.Label>
        {aside && <span className="figures text-xs text-ink-3">{aside}</span>}
      </div>
      {children}
      {hint && !error && <Base.Description className="text-xs text-ink-3">{hint}</Base.Description>}
      <Base.Error match={Boolean(error)} className="text-xs font-medium text-bad" role="alert">
        {error}
      </Base.Error>
    </Base.Root>
  );
}

/** A line of text. Takes what `register` of react-hook-form gives. */
export function Input({ className, ...others }: Omit<ComponentProps<typeof Base.Control>, "className"> & { readonly className?: string }) {
  return <Base.Control {...others} className={cn(CONTROL, className)} />;
}

/** Several lines of text. */
export function TextArea({ className, ...others }: ComponentProps<"textarea">) {
  return <Base.Control render={<textarea {...others} />} className={cn(CONTROL, "h-auto min-h-28 py-2 leading-relaxed", className)} />;
}
