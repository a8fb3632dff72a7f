import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { DrawnStack } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageSkeleton } from "@/components/ui/skeleton";
import type { Batch } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import { feedQuery } from "@/lib/feeds";
import { ago, moment } from "@/lib/format";
import { useLive } from "@/lib/live";
import { batchQuery } from "./api";
import { BatchActions } from "./batch-actions";
import { CountsBar } from "./counts-bar";
import { Rows } from "./rows";
import { standing, titleOf, verdict } from "./words";

const route = getRouteApi("/batches/$batch");

export function BatchPage() {
  useLive();
  const { batch: id } = route.useParams();
  const batch = useQuery(batchQuery(id));
  if (batch.data) return <Whole batch={batch.data} />;
  if (batch.isPending) return <><PageHead title="Batch" /><PageSkeleton /></>;
  if (faultOf(batch.error).status === 404) {
    return <EmptyState heading="h1" drawing={<DrawnStack />} title="There is no such batch" action={<LinkButton to="/batches">All batches</LinkButton>}>It may be another’s, or the address is not whole.</EmptyState>;
  }
  return <><PageHead title="Batch" /><FaultPanel error={batch.error} onRetry={() => void batch.refetch()} /></>;
}

function Whole({ batch }: { readonly batch: Batch }) {
  const state = verdict(batch);
  return (
    <>
      <PageHead title={titleOf(batch)} lead={batch.feed && <OfFeed id={batch.feed} />} actions={<BatchActions batch={batch} />} />
      <div className="flex flex-col gap-6">
        <Card className="flex flex-col gap-3 p-4" aria-label="Progress">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span aria-live="polite"><Badge tone={state.tone}>{state.word}</Badge></span>
            <span className="figures text-sm text-ink-2">{standing(batch)}</span>
            <span className="ml-auto text-sm text-ink-3" title={moment(batch.created_at)}>{batch.ended_at ? `ended ${ago(batch.ended_at)}` : `begun ${ago(batch.created_at)}`}</span>
          </div>
          <CountsBar batch={batch} label="The whole batch" />
          {batch.fault && <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-sm break-words text-bad">{batch.fault.message}</p>}
          {batch.state === "paused" && <p className="text-sm text-ink-2">What is under way is finished; nothing new begins until you go on.</p>}
        </Card>
        <Rows batch={batch} />
      </div>
    </>
  );
}

function OfFeed({ id }: { readonly id: string }) {
  const { data: feed } = useQuery({ ...feedQuery(id), retry: false });
  if (!feed) return "Products of a feed";
  return <>Products of <Link to="/feeds/$feed" params={{ feed: id }} className="text-accent-text underline underline-offset-4">{feed.name}</Link></>;
}
