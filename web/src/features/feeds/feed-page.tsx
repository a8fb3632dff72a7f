import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { DrawnShelf } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageSkeleton } from "@/components/ui/skeleton";
import { keys } from "@/lib/api/keys";
import type { Feed } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import { feedQuery, isRunning, sourceOf } from "@/lib/feeds";
import { FeedActions } from "./feed-actions";
import { LastImport } from "./last-import";
import { Products } from "./products";

const route = getRouteApi("/feeds/$feed");

export function FeedPage() {
  const { feed: id } = route.useParams();
  const feed = useQuery(feedQuery(id));
  if (feed.data) return <Whole feed={feed.data} />;
  if (feed.isPending) return <><PageHead title="Feed" /><PageSkeleton /></>;
  if (faultOf(feed.error).status === 404) {
    return <EmptyState heading="h1" drawing={<DrawnShelf />} title="There is no such feed" action={<LinkButton to="/feeds">All feeds</LinkButton>}>It may have been removed, or the address is not whole.</EmptyState>;
  }
  return <><PageHead title="Feed" /><FaultPanel error={feed.error} onRetry={() => void feed.refetch()} /></>;
}

function Whole({ feed }: { readonly feed: Feed }) {
  useNews(feed);
  return (
    <>
      <PageHead title={feed.name} lead={sourceOf(feed)} actions={<FeedActions feed={feed} />} />
      <div className="flex flex-col gap-6">
        {feed.last_import && <LastImport key={feed.last_import.id} feed={feed} last={feed.last_import} />}
        <Products key={feed.id} feed={feed} />
      </div>
    </>
  );
}

/** What an import found is read once it is over. */
function useNews({ id, last_import: last }: Feed): void {
  const cache = useQueryClient();
  const running = isRunning(last);
  useEffect(() => {
    if (running) return;
    for (const part of ["products", "imports"]) void cache.invalidateQueries({ queryKey: keys.feeds.one(id), predicate: ({ queryKey }) => queryKey.includes(part) });
  }, [cache, id, last?.id, running]);
}
