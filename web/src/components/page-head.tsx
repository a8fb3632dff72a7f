import type { ReactNode } from "react";
import { useDocumentTitle } from "@/lib/hooks";

interface PageHeadProps {
  /** Also what the browser's tab says. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of every page. Its title takes the focus when somebody comes here from another page. */
export function PageHead({ title, lead, actions }: PageHeadProps) {
  useDocumentTitle(title);
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 data-page-title tabIndex={-1} className="text-2xl font-semibold break-words outline-none">
          {title}
        </h1>
        {lead && <p className="mt-1 text-ink-2">{lead}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
