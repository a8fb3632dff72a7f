import type { Tone } from "@/components/ui/badge";
import { count, day, left, percent, plural } from "@/lib/format";
import type { Batch, RowState } from "@/lib/api/types";

export const STATES: Readonly<Record<Batch["state"], { readonly word: string; readonly tone: Tone }>> = {
  preparing: { word: "Being prepared", tone: "plain" },
  running: { word: "Being made", tone: "accent" },
  paused: { word: "Paused", tone: "warn" },
  completed: { word: "Done", tone: "good" },
  cancelled: { word: "Cancelled", tone: "plain" },
  failed: { word: "Failed", tone: "bad" },
};

/** How a batch stands, in a word: one in which much went wrong does not look well done. */
export function verdict({ state, rows, counts }: Pick<Batch, "state" | "rows" | "counts">): { readonly word: string; readonly tone: Tone } {
  if (state !== "completed") return STATES[state];
  if (rows === 0) return { word: "Nothing to make", tone: "plain" };
  if (counts.completed === rows) return STATES.completed;
  return counts.completed === 0 ? { word: "Nothing made", tone: "bad" } : { word: "Done, but not all", tone: "warn" };
}

/** In the order of the work. `dot` is the colour of its mark. */
export const ROWS: Readonly<Record<RowState, { readonly word: string; readonly tone: Tone; readonly dot: string }>> = {
  waiting: { word: "Waiting", tone: "plain", dot: "bg-line-strong" },
  queued: { word: "In the queue", tone: "plain", dot: "bg-ink-3" },
  running: { word: "Being made", tone: "accent", dot: "bg-accent" },
  waiting_for_review: { word: "Waits for you", tone: "warn", dot: "bg-warn" },
  completed: { word: "Done", tone: "good", dot: "bg-good" },
  failed: { word: "Failed", tone: "bad", dot: "bg-bad" },
  refused: { word: "Refused", tone: "bad", dot: "bg-bad" },
  cancelled: { word: "Cancelled", tone: "plain", dot: "bg-ink-3" },
};

export const isOver = ({ state }: Pick<Batch, "state">): boolean => state === "completed" || state === "cancelled" || state === "failed";

/** What it is called where nobody gave it a title. */
export const titleOf = ({ title, created_at }: Pick<Batch, "title" | "created_at">): string => title || `Batch of ${day(created_at)}`;

/** "312 of 1,000 videos, about 2 h left". */
export function standing(batch: Pick<Batch, "state" | "rows" | "counts" | "share" | "eta_s">): string {
  const { rows, counts } = batch;
  const wrong = (["failed", "refused"] as const).filter((name) => counts[name] > 0).map((name) => `, ${count(counts[name])} ${name}`).join("");
  if (batch.state === "preparing") return rows > 0 ? `Reading ${plural(rows, "row")}` : "Reading the rows";
  const done = isOver(batch) && counts.completed === rows ? plural(rows, "video") : `${count(counts.completed)} of ${plural(rows, "video")}`;
  const moving = !isOver(batch) && rows > 0 ? `, ${percent(batch.share)}` : "";
  const eta = batch.state === "running" && batch.eta_s !== null ? `, ${left(batch.eta_s)}` : "";
  return `${done}${moving}${wrong}${eta}`;
}
