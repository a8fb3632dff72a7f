import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageSkeleton } from "@/components/ui/skeleton";
import { faultOf } from "@/lib/faults";
import { bytes, position } from "@/lib/format";
import { useLive } from "@/lib/live";
import type { Asset } from "@/lib/api/types";
import { assetQuery } from "@/lib/assets";
import { NotesPart } from "./notes-part";
import { Segments } from "./segments";

const route = getRouteApi("/footage/$asset");

export function AssetPage() {
  useLive();
  const { asset: id } = route.useParams();
  const asset = useQuery(assetQuery(id));
  if (asset.data) return <Whole asset={asset.data} />;
  if (asset.isPending) return <><PageHead title="Footage" /><PageSkeleton /></>;
  if (faultOf(asset.error).status === 404) {
    return <EmptyState heading="h1" drawing={<DrawnLine />} title="There is no such file" action={<LinkButton to="/footage">All footage</LinkButton>}>It may have been cleaned up, or the address is not whole.</EmptyState>;
  }
  return <><PageHead title="Footage" /><FaultPanel error={asset.error} onRetry={() => void asset.refetch()} /></>;
}

function Whole({ asset }: { readonly asset: Asset }) {
  const screen = useRef<HTMLMediaElement>(null);
  const { facts } = asset;
  const seek = (seconds: number) => {
    if (!screen.current) return;
    screen.current.currentTime = seconds;
    void screen.current.play().catch(() => undefined); // a browser may ask for a press on the player first
  };
  const parts = [facts.width > 0 && `${String(facts.width)} × ${String(facts.height)}`, facts.fps > 0 && `${facts.fps.toFixed(0)} fps`, facts.duration_s > 0 && position(facts.duration_s), bytes(asset.size), facts.video_codec, facts.audio_codec];
  return (
    <>
      <PageHead title={asset.name} lead={<span className="figures">{parts.filter(Boolean).join(" · ")}</span>} actions={asset.kind === "footage" && <LinkButton to="/make" search={{ clips: [asset.id] }} look="primary">Make a video with it</LinkButton>} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Shown asset={asset} screen={screen} />
          {asset.kind === "footage" && facts.duration_s > 0 && <Segments asset={asset} onSeek={seek} />}
        </div>
        <Card className="p-4"><NotesPart key={asset.id} asset={asset} /></Card>
      </div>
    </>
  );
}

function Shown({ asset, screen }: { readonly asset: Asset; readonly screen: React.RefObject<HTMLMediaElement | null> }) {
  const source = `/v1/assets/${asset.id}/file`;
  if (asset.media_type.startsWith("image/")) return <img src={source} alt={asset.name} className="max-h-[70vh] w-full rounded-lg bg-sunken object-contain" />;
  if (asset.kind === "music") return <audio ref={screen} src={source} controls preload="metadata" className="w-full" aria-label={asset.name} />; // eslint-disable-line jsx-a11y/media-has-caption -- a song of the user's own
  // eslint-disable-next-line jsx-a11y/media-has-caption -- footage of the user's own has none
  return <video ref={screen as React.RefObject<HTMLVideoElement>} src={source} controls playsInline preload="metadata" poster={asset.thumbnail_url ?? undefined} aria-label={asset.name} className="max-h-[60vh] w-full rounded-lg bg-black" />;
}
