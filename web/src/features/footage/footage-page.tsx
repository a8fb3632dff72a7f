import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { PageHead } from "@/components/page-head";
import { UploadArea } from "@/components/uploads/upload-area";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { keys } from "@/lib/api/keys";
import { assetsQuery } from "@/lib/assets";
import { plural } from "@/lib/format";
import { useLive } from "@/lib/live";
import { AssetCard } from "./asset-card";
import { AssetFilters, type Narrow } from "@/components/asset-filters";
import { FromAddress } from "./from-address";

const route = getRouteApi("/footage");

const KINDS = [["footage", "Clips"], ["music", "Music"], ["image", "Pictures"]] as const;
type Kind = (typeof KINDS)[number][0];

export function FootagePage() {
  useLive();
  const { kind = "footage", ...narrow } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: Kind, narrowed: Narrow) => void navigate({ search: { ...(next !== "footage" && { kind: next }), ...narrowed }, replace: true });
  const shelf = (of: Kind) => <Shelf key={of} kind={of} narrow={narrow} onNarrow={(next) => { show(of, next); }} />;
  return (
    <>
      <PageHead title="Footage" lead="What your videos are made of." />
      <Tabs label="Kind of file" value={kind} onChange={(next) => { show(next, {}); }} tabs={KINDS.map(([value, label]) => ({ value, label, content: shelf(value) }))} />
    </>
  );
}

interface ShelfProps {
  readonly kind: Kind;
  readonly narrow: Narrow;
  readonly onNarrow: (narrow: Narrow) => void;
}

function Shelf({ kind, narrow, onNarrow }: ShelfProps) {
  const cache = useQueryClient();
  const assets = useInfiniteQuery(assetsQuery({ kind, ...narrow }));
  const [chosen, choose] = useState<readonly string[]>([]);
  const all = assets.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = Object.keys(narrow).length > 0;
  const turn = (id: string) => { choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]); };
  return (
    <div className="flex flex-col gap-5">
      <UploadArea kind={kind} onAsset={() => void cache.invalidateQueries({ queryKey: keys.assets.lists })} />
      <FromAddress kind={kind} />
      {(all.length > 0 || narrowed) && <AssetFilters narrow={narrow} onChange={onNarrow} />}
      {assets.isPending && <ListSkeleton />}
      {assets.isError && all.length === 0 && <FaultPanel error={assets.error} onRetry={() => void assets.refetch()} />}
      {assets.isSuccess && all.length === 0 && narrowed && (
        <EmptyState drawing={<DrawnLine />} title="No file fits" action={<Button onClick={() => { onNarrow({}); }}>Show all files</Button>} />
      )}
      {assets.isSuccess && all.length === 0 && !narrowed && (
        <EmptyState drawing={<DrawnLine />} title="Nothing here yet">Drop files above, or choose some. Then make a video of them.</EmptyState>
      )}
      <ul aria-label="Files" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {all.map((asset) => <AssetCard key={asset.id} asset={asset} chosen={chosen.includes(asset.id)} {...(kind === "footage" && { onTurn: () => { turn(asset.id); } })} />)}
      </ul>
      <More list={assets} />
      {chosen.length > 0 && (
        <div role="region" aria-label="Chosen clips" className="sticky bottom-20 z-20 mx-auto flex w-fit items-center gap-3 rounded-lg border border-line-strong bg-raised p-2 pl-4 shadow-high md:bottom-4">
          <span className="figures text-sm font-medium">{plural(chosen.length, "clip")} chosen</span>
          <LinkButton to="/make" search={{ clips: chosen }} look="primary" size="sm">Make a video with {chosen.length === 1 ? "it" : "them"}</LinkButton>
        </div>
      )}
    </div>
  );
}
