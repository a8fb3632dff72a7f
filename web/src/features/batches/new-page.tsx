import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { FaultPanel } from "@/components/fault-panel";
import { LOOK } from "@/components/making/looks";
import { PageHead } from "@/components/page-head";
import { PageSkeleton } from "@/components/ui/skeleton";
import type { Feed } from "@/lib/api/types";
import { feedQuery, feedsQuery } from "@/lib/feeds";
import { useLive } from "@/lib/live";
import { optionsQuery } from "@/lib/options";
import { pickedOf } from "@/lib/picked";
import { profileQuery } from "@/lib/profile";
import { kept } from "./draft";
import { NewForm } from "./new-form";
import { EMPTY, type BatchWish, type Which } from "./wish";

const route = getRouteApi("/batches/new");

export function NewBatchPage() {
  useLive();
  const { feed, which } = route.useSearch();
  const options = useQuery(optionsQuery);
  const profile = useQuery(profileQuery);
  const feeds = useInfiniteQuery(feedsQuery);
  const named = useQuery({ ...feedQuery(feed ?? ""), enabled: feed !== undefined });
  const reads = [options, profile, feeds, ...(feed === undefined ? [] : [named])];
  const failed = reads.find((read) => read.isError && !read.data);
  const waits = reads.some((read) => read.isPending);
  const listed = feeds.data?.pages.flatMap((page) => page.items) ?? [];
  const all = named.data && !listed.some(({ id }) => id === feed) ? [named.data, ...listed] : listed;
  return (
    <>
      <PageHead title="New batch" lead="Say once what shall be shown and said: each product or row becomes a video." />
      {failed ? <FaultPanel error={failed.error} onRetry={() => { for (const read of reads) if (read.isError) void read.refetch(); }} /> : waits && <PageSkeleton />}
      {!failed && !waits && options.data && profile.data && (
        <NewForm key={`${feed ?? ""} ${which ?? ""}`} options={options.data} feeds={all} brand={profile.data.brand.look} start={begin(all, feed, which, profile.data.brand.look ?? LOOK)} />
      )}
    </>
  );
}

/** As it was left; of a feed whose products somebody came with, or of the newest one. */
function begin(feeds: readonly Feed[], named: string | undefined, which: Which | undefined, look: BatchWish["look"]): BatchWish {
  const before = kept();
  const wish = before ?? { ...EMPTY, look };
  const known = feeds.find(({ id }) => id === (named ?? wish.feed)) ?? (before ? undefined : (feeds.find(({ products }) => products > 0) ?? feeds[0]));
  if (!known) return { ...wish, feed: null, ids: [], ...(feeds.length === 0 && !before && { from: "table" as const }) };
  const ids = pickedOf(known.id);
  const asked = which ?? wish.which;
  return {
    ...wish,
    ...(named !== undefined && { from: "feed" as const }),
    feed: known.id,
    ids,
    which: asked === "ids" && ids.length === 0 ? "changed" : asked,
    ...(known.id !== before?.feed && known.language && { language: known.language, voice: null }),
  };
}
