import { percent } from "@/lib/format";
import type { Batch } from "@/lib/api/types";
import { ROWS } from "./words";

const PARTS = ["completed", "failed", "refused", "cancelled"] as const;

/** How much of a batch is done, failed and under way, as one bar. */
export function CountsBar({ batch, label }: { readonly batch: Batch; readonly label: string }) {
  const { counts, rows, share } = batch;
  const ended = PARTS.reduce((sum, state) => sum + counts[state], 0);
  const moving = rows > 0 ? Math.max(0, share - ended / rows) : 0;
  const wide = (part: number) => ({ width: `${String(part * 100)}%` });
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={percent(share)} className="flex h-2 overflow-hidden rounded-full bg-line">
      {rows > 0 && PARTS.map((state) => counts[state] > 0 && <span key={state} className={ROWS[state].dot} style={wide(counts[state] / rows)} />)}
      {moving > 0 && <span className="bg-accent transition-[width] duration-300" style={wide(moving)} />}
    </div>
  );
}
