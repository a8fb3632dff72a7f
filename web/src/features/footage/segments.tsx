import { useQuery } from "@tanstack/react-query";
import { FaultPanel } from "@/components/fault-panel";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { ListSkeleton } from "@/components/ui/skeleton";
import { faultOf } from "@/lib/faults";
import { percent, position } from "@/lib/format";
import type { Asset } from "@/lib/api/types";
import { analysisQuery, type Segment } from "./api";

interface SegmentsProps {
  readonly asset: Asset;
  readonly onSeek: (seconds: number) => void;
}

const UNFIT = { dark: "too dark", still: "nothing moves", blurred: "blurred", duplicate: "like another one" } as const;

/** The moments that were found, laid on the film and its sound. A press plays one. */
export function Segments({ asset, onSeek }: SegmentsProps) {
  const analysis = useQuery(analysisQuery(asset.id));
  if (analysis.isPending) return <ListSkeleton lines={3} />;
  if (!analysis.data) {
    if ([404, 409].includes(faultOf(analysis.error).status)) return <p className="text-sm text-ink-2">Not looked through yet: that happens when it is first used, or soon after it came.</p>;
    return <FaultPanel error={analysis.error} onRetry={() => void analysis.refetch()} />;
  }
  const { segments, duration_s: whole, filmstrip_url: film, waveform_url: wave } = analysis.data;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="font-semibold">Moments</h2>
      <div className="relative overflow-hidden rounded-md bg-sunken">
        {film && <img src={film} alt="" className="h-16 w-full object-fill" />}
        {wave && <img src={wave} alt="" className="h-10 w-full object-fill" />}
        {segments.map((segment) => <Moment key={segment.number} segment={segment} whole={whole} onSeek={onSeek} />)}
      </div>
      {segments.length === 0 && <p className="text-sm text-ink-2">No moment stands out.</p>}
      <ol className="flex flex-col divide-y divide-line text-sm">
        {segments.map((segment) => (
          <li key={segment.number} className="flex items-center gap-3 py-1.5">
            <button type="button" className="figures rounded text-accent-text underline-offset-4 hover:underline" onClick={() => { onSeek(segment.start_s); }}>
              {position(segment.start_s)} to {position(segment.end_s)}
            </button>
            <span className="figures text-ink-2">score {percent(segment.score)}</span>
            {segment.unfit && <Badge tone="warn">{UNFIT[segment.unfit]}</Badge>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Moment({ segment, whole, onSeek }: { readonly segment: Segment; readonly whole: number; readonly onSeek: (seconds: number) => void }) {
  const place = { left: `${String((segment.start_s / whole) * 100)}%`, width: `${String(((segment.end_s - segment.start_s) / whole) * 100)}%` };
  return (
    <button type="button" style={place} aria-label={`Play the moment at ${position(segment.start_s)}`} onClick={() => { onSeek(segment.start_s); }} className={`absolute inset-y-0 border-x-2 hover:bg-accent/30 ${segment.unfit ? "border-warn bg-black/50" : "border-accent bg-accent/10"}`} />
  );
}
