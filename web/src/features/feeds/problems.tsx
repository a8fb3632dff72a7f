import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { count, plural } from "@/lib/format";
import type { FeedImport } from "@/lib/api/types";
import { problemsQuery } from "./api";

interface ProblemsProps {
  readonly feed: string;
  readonly of: FeedImport;
}

/** The rows that make no product, with the line and the reason. */
export function Problems({ feed, of }: ProblemsProps) {
  const [open, setOpen] = useState(false);
  const wrong = of.counts?.wrong ?? of.problems_kept;
  return (
    <details onToggle={(event) => { setOpen(event.currentTarget.open); }}>
      <summary className="cursor-pointer text-sm font-medium text-accent-text">{plural(wrong, "row")} could not be used: see why</summary>
      {open && <List feed={feed} of={of} />}
      {wrong > of.problems_kept && <p className="mt-2 text-xs text-ink-3">The first {count(of.problems_kept)} are told.</p>}
    </details>
  );
}

function List({ feed, of }: ProblemsProps) {
  const problems = useInfiniteQuery(problemsQuery(feed, of.id));
  if (problems.isPending) return <ListSkeleton lines={2} />;
  if (!problems.data) return <FaultPanel error={problems.error} onRetry={() => void problems.refetch()} className="mt-2" />;
  return (
    <>
      <ul aria-label="Rows that could not be used" className="mt-2 divide-y divide-line text-sm">
        {problems.data.pages.flatMap((page) => page.items).map((one) => (
          <li key={`${one.line} ${one.message}`} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 py-2">
            <span className="figures text-ink-3">Line {count(one.line)}</span>
            <span className="break-words">
              {one.message}
              {(one.id ?? one.column) && <span className="block text-xs text-ink-3">{[one.id && `product ${one.id}`, one.column && `column ${one.column}`].filter(Boolean).join(", ")}</span>}
            </span>
          </li>
        ))}
      </ul>
      <More list={problems} />
    </>
  );
}
