import { useQuery } from "@tanstack/react-query";
import { AssetPicture } from "@/components/asset-picture";
import { FaultPanel } from "@/components/fault-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { position } from "@/lib/format";
import { timelineQuery } from "./api";

interface StripProps {
  readonly video: string;
  readonly onSeek: (seconds: number) => void;
}

/** The shots as long as they are, and the words below them. A press goes there. */
export function TimelineStrip({ video, onSeek }: StripProps) {
  const timeline = useQuery(timelineQuery(video));
  if (timeline.isPending) return <Skeleton className="h-20" />;
  if (!timeline.data) return <FaultPanel error={timeline.error} onRetry={() => void timeline.refetch()} />;
  const { clips, cues, fps, frames } = timeline.data;
  const whole = frames / fps;
  return (
    <section aria-label="Timeline">
      <h2 className="mb-3 font-semibold">Timeline <span className="figures text-sm font-normal text-ink-3">{position(whole)}</span></h2>
      <div className="flex h-14 gap-px overflow-hidden rounded-md">
        {clips.map((clip, place) => (
          <button key={place} type="button" onClick={() => { onSeek(clip.start / fps); }} aria-label={`Shot ${String(place + 1)}, at ${position(clip.start / fps)}`} style={{ flexGrow: clip.frames }} className="relative h-full min-w-0 basis-0 bg-sunken hover:opacity-80">
            <AssetPicture asset={clip.asset} className="size-full object-cover" />
          </button>
        ))}
      </div>
      <div className="relative mt-1 h-2 rounded-full bg-sunken">
        {cues.map((cue, place) => (
          <span key={place} aria-hidden style={{ left: `${String((cue.start_s / whole) * 100)}%`, width: `${String(((cue.end_s - cue.start_s) / whole) * 100)}%` }} className="absolute h-full rounded-full bg-accent" />
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-3">{clips.length === 1 ? "1 shot" : `${String(clips.length)} shots`}; below, when words are shown</p>
    </section>
  );
}
