import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { moment, percent } from "@/lib/format";
import type { Job } from "@/lib/api/types";
import { FaultNote } from "./fault-note";
import { isOver, nowOf, STATES } from "./words";

/** Where the whole job is. */
export function JobHead({ job }: { readonly job: Job }) {
  const state = STATES[job.state];
  const tone = job.state === "failed" ? "bad" : job.state === "completed" ? "good" : "accent";
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span aria-live="polite"><Badge tone={state.tone}>{state.word}</Badge></span>
        {!isOver(job.state) && <span className="figures text-sm text-ink-2">{nowOf(job)}</span>}
        <span className="figures ml-auto text-sm text-ink-3">
          {job.finished_at ? moment(job.finished_at) : percent(job.share)}
        </span>
      </div>
      {!isOver(job.state) && <Progress label="The whole job" share={job.share} tone={tone} />}
      {job.fault && <FaultNote fault={job.fault} />}
    </Card>
  );
}
