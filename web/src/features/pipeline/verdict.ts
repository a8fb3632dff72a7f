import { plural } from "@/lib/format";
import type { PipelineHealth } from "@/lib/api/types";

export interface Verdict {
  readonly tone: "good" | "warn" | "bad";
  readonly words: string;
}

/** One sentence for all of it. */
export function verdict(health: PipelineHealth): Verdict {
  const waiting = health.inboxes.reduce((sum, inbox) => sum + inbox.waiting, 0);
  const working = health.inboxes.reduce((sum, inbox) => sum + inbox.in_work, 0);
  if (health.status !== "ok" && health.words.length > 0) return { tone: "bad", words: health.words.join(" ") };
  if (health.jobs_stuck > 0) return { tone: "bad", words: `${plural(health.jobs_stuck, "job")} can't go on.` };
  if (health.dead_letters && health.dead_letters.open > 0) {
    return { tone: "warn", words: `All stations work, but ${plural(health.dead_letters.open, "piece")} of work ${health.dead_letters.open === 1 ? "was" : "were"} given up: see below.` };
  }
  if (waiting + working === 0) return { tone: "good", words: `All is well: ${plural(health.inboxes.length, "inbox", "inboxes")}, nothing waits.` };
  return { tone: "good", words: `All is well: ${String(working)} in work, ${String(waiting)} waiting.` };
}
