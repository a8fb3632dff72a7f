import { Check, CircleDashed, CircleX, LoaderCircle, Recycle } from "lucide-react";
import type { ReactNode } from "react";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import { percent, span } from "@/lib/format";
import type { Step, Video } from "@/lib/api/types";
import { FaultNote } from "./fault-note";
import { queue, STEPS } from "./words";

/** The line a video walks: asked for, then step by step to the shelf. */
export function Line({ video }: { readonly video: Video }) {
  return (
    <>
      <ol aria-label="Steps" className="grid grid-cols-1 gap-2 sm:grid-cols-6">
        <Station name="Asked for" mark={<Check aria-hidden className="size-4 text-good" />} words="accepted" />
        {video.steps.map((step) => <StepStation key={step.step} step={step} />)}
      </ol>
      {video.steps.filter((step) => step.fault).map((step) => step.fault && <FaultNote key={step.step} fault={step.fault} />)}
    </>
  );
}

function StepStation({ step }: { readonly step: Step }) {
  const { name } = STEPS[step.step];
  return (
    <Station name={name} mark={markOf(step)} words={wordsOf(step)} moving={step.state === "running"}>
      {step.state === "running" && <Progress label={name} share={step.share} className="mt-1.5" />}
    </Station>
  );
}

interface StationProps {
  readonly name: string;
  readonly mark: ReactNode;
  readonly words: string;
  readonly moving?: boolean;
  readonly children?: ReactNode;
}

function Station({ name, mark, words, moving = false, children }: StationProps) {
  return (
    <li className={cn("min-w-0 rounded-md border px-3 py-2", moving ? "border-accent bg-accent-soft" : "border-line bg-surface")}>
      <div className="flex items-center justify-between gap-2 sm:block">
        <span className="flex items-center gap-1.5 text-sm font-medium">{mark}{name}</span>
        <span className="figures block text-xs text-ink-2">{words}</span>
      </div>
      {children}
    </li>
  );
}

function markOf(step: Step): ReactNode {
  if (step.reused) return <Recycle aria-hidden className="size-4 text-good" />;
  switch (step.state) {
    case "done": return <Check aria-hidden className="size-4 text-good" />;
    case "running": return <LoaderCircle aria-hidden className="size-4 animate-spin text-accent-text" />;
    case "failed": return <CircleX aria-hidden className="size-4 text-bad" />;
    default: return <CircleDashed aria-hidden className="size-4 text-ink-3" />;
  }
}

function wordsOf(step: Step): string {
  if (step.reused) return "from earlier work";
  switch (step.state) {
    case "done": return took(step);
    case "running": return percent(step.share);
    case "failed": return "failed";
    case "cancelled": return "cancelled";
    default: return step.queue_place === null ? "to come" : queue(step);
  }
}

function took({ began_at: began, finished_at: finished }: Step): string {
  return began && finished ? `took ${span(Math.max(1, (Date.parse(finished) - Date.parse(began)) / 1000))}` : "done";
}
