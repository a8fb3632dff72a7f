import type { ReactNode } from "react";

interface EmptyProps {
  /** A small drawing, see components/drawings. */
  readonly drawing: ReactNode;
  readonly title: string;
  /** Where it is the whole page. */
  readonly heading?: "h1" | "h2";
  readonly children?: ReactNode;
  /** The one thing to do about it. */
  readonly action?: ReactNode;
}

/** Nothing is here yet. Never for something that could not be loaded: that is a FaultPanel. */
export function EmptyState({ drawing, title, heading: Heading = "h2", children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-14 text-center">
      <div aria-hidden className="mb-5 text-ink-3 [&_svg]:h-28 [&_svg]:w-auto">
        {drawing}
      </div>
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="mt-1.5 text-sm text-ink-2">{children}</div>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
