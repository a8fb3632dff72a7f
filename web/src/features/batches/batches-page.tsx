import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { DrawnStack } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { PageHead } from "@/components/page-head";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListSkeleton } from "@/components/ui/skeleton";
import type { Batch } from "@/lib/api/types";
import { ago } from "@/lib/format";
import { useLive } from "@/lib/live";
import { batchesQuery } from "./api";
import { CountsBar } from "./counts-bar";
import { standing, titleOf, verdict } from "./words";

export function BatchesPage() {
  useLive();
  const batches = useInfiniteQuery(batchesQuery);
  const all = batches.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title="Batches" lead="One template, a video of each product or row." actions={all.length > 0 && <LinkButton to="/batches/new" look="primary"><Plus aria-hidden />New batch</LinkButton>} />
      {batches.isPending && <ListSkeleton lines={3} />}
      {batches.isError && all.length === 0 && <FaultPanel error={batches.error} onRetry={() => void batches.refetch()} />}
      {batches.isSuccess && all.length === 0 && (
        <EmptyState drawing={<DrawnStack />} title="No batch yet" action={<LinkButton to="/batches/new" look="primary">Make your first batch</LinkButton>}>
          Choose a feed or drop a table, and say once what shall be shown and said. Each product or row becomes a video of its own.
        </EmptyState>
      )}
      <ul aria-label="Batches" className="flex flex-col gap-2">
        {all.map((batch) => <Row key={batch.id} batch={batch} />)}
      </ul>
      <More list={batches} />
    </>
  );
}

function Row({ batch }: { readonly batch: Batch }) {
  const state = verdict(batch);
  return (
    <li className="relative flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-4 shadow-low hover:border-line-strong">
      <div className="flex items-start justify-between gap-3">
        <Link to="/batches/$batch" params={{ batch: batch.id }} className="min-w-0 truncate font-semibold after:absolute after:inset-0">{titleOf(batch)}</Link>
        <Badge tone={state.tone}>{state.word}</Badge>
      </div>
      <CountsBar batch={batch} label={`Progress of ${titleOf(batch)}`} />
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-sm">
        <p className="figures text-ink-2">{batch.fault ? <span className="text-bad">{batch.fault.message}</span> : standing(batch)}</p>
        <p className="text-ink-3">{ago(batch.created_at)}</p>
      </div>
    </li>
  );
}
