import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { DrawnShelf } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { PageHead } from "@/components/page-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ListSkeleton } from "@/components/ui/skeleton";
import { feedsQuery } from "@/lib/feeds";
import { AddFeed } from "./add-feed";
import { FeedCard } from "./feed-card";

export function FeedsPage() {
  const feeds = useInfiniteQuery(feedsQuery);
  const [adding, add] = useState(false);
  const all = feeds.data?.pages.flatMap((page) => page.items) ?? [];
  const begin = () => { add(true); };
  return (
    <>
      <PageHead
        title="Feeds"
        lead="The products of your shop, compared at each import: what is new, what changed, what is gone."
        actions={all.length > 0 && <Button look="primary" onClick={begin}><Plus aria-hidden />Add a feed</Button>}
      />
      {feeds.isPending && <ListSkeleton lines={3} />}
      {feeds.isError && all.length === 0 && <FaultPanel error={feeds.error} onRetry={() => void feeds.refetch()} />}
      {feeds.isSuccess && all.length === 0 && (
        <EmptyState drawing={<DrawnShelf />} title="No feed yet" action={<Button look="primary" onClick={begin}><Plus aria-hidden />Add your first feed</Button>}>
          Give the address of your shop’s product feed, or a file of it: Google Shopping, Shopify, WooCommerce or any table with a name, a price and a picture. Then videos of all products are two presses away.
        </EmptyState>
      )}
      <ul aria-label="Feeds" className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        {all.map((feed) => <FeedCard key={feed.id} feed={feed} />)}
      </ul>
      <More list={feeds} />
      {adding && <AddFeed onClose={() => { add(false); }} />}
    </>
  );
}
