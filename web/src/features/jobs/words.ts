import type { Job, State, Step, StepName, Video } from "@/lib/api/types";
import { left, percent } from "@/lib/format";
import type { Tone } from "@/components/ui/badge";

export const STATES: Readonly<Record<State, { readonly word: string; readonly tone: Tone }>> = {
  queued: { word: "In the queue", tone: "plain" },
  running: { word: "Being made", tone: "accent" },
  waiting_for_review: { word: "Waits for you", tone: "warn" },
  completed: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

export const STEPS: Readonly<Record<StepName, { readonly name: string; readonly doing: string }>> = {
  script: { name: "Script", doing: "Writing the script" },
  tts: { name: "Voice", doing: "Speaking" },
  footage: { name: "Pictures", doing: "Choosing pictures" },
  render: { name: "Render", doing: "Rendering" },
  storage: { name: "Store", doing: "Putting it away" },
  quality: { name: "Check", doing: "Checking it" },
};

export const isOver = (state: State): boolean => state === "completed" || state === "failed" || state === "cancelled";

/** What goes on right now: "Rendering 62 %, about 40 s left", "3rd in the queue". */
export function now(video: Video): string {
  if (isOver(video.state) || video.state === "waiting_for_review") return STATES[video.state].word;
  const step = video.steps.find((one) => one.state === "running") ?? video.steps.find((one) => one.state === "waiting");
  if (!step) return STATES[video.state].word;
  if (step.state === "waiting") return `${STEPS[step.step].name}: ${queue(step)}`;
  const eta = video.eta_s === null ? "" : `, ${left(video.eta_s)}`;
  return `${STEPS[step.step].doing} ${percent(step.share)}${eta}`;
}

export function queue(step: Step): string {
  return step.queue_place === null ? "waits its turn" : step.queue_place === 1 ? "next in the queue" : `${ordinal(step.queue_place)} in the queue`;
}

/** One sentence for all videos of a job. */
export function nowOf(job: Job): string {
  if (isOver(job.state)) return STATES[job.state].word;
  const moving = job.videos.find((video) => video.state === "running") ?? job.videos.find((video) => !isOver(video.state));
  const done = job.videos.filter((video) => video.state === "completed").length;
  const of = job.videos.length > 1 ? `${String(done)} of ${String(job.videos.length)} done. ` : "";
  return of + (moving ? now(moving) : STATES[job.state].word);
}

export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  return `${String(place)}${teen ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th")}`;
}
