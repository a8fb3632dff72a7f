import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { PageHead } from "@/components/page-head";
import { LinkButton } from "@/components/ui/link-button";
import { useLive } from "@/lib/live";
import { videosQuery } from "./api";
import { BulkBar } from "./bulk-bar";
import { Nothing } from "./nothing";
import { VideoFilters } from "./video-filters";
import { GridSkeleton, VideoGrid } from "./video-grid";

const route = getRouteApi("/library");

export function LibraryPage() {
  useLive();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const videos = useInfiniteQuery(videosQuery(filter));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const all = videos.data?.pages.flatMap((page) => page.items) ?? [];
  const here = all.filter((video) => chosen.has(video.id));
  const filtered = Object.keys(filter).length > 0;
  const turn = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <>
      <PageHead title="Library" lead="All your videos." actions={<LinkButton to="/make" look="primary">Make a video</LinkButton>} />
      {(all.length > 0 || filtered) && <VideoFilters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />}
      {videos.isPending && <GridSkeleton />}
      {videos.isError && all.length === 0 && <FaultPanel error={videos.error} onRetry={() => void videos.refetch()} />}
      {videos.isSuccess && all.length === 0 && <Nothing filter={filter} onClear={() => void navigate({ search: {} })} />}
      {all.length > 0 && <VideoGrid videos={all} chosen={chosen} onTurn={turn} />}
      <More list={videos} />
      {here.length > 0 && <BulkBar videos={here} deleted={filter.deleted === true} onAll={() => { choose(new Set(all.map((video) => video.id))); }} onDone={() => { choose(new Set()); }} />}
    </>
  );
}
