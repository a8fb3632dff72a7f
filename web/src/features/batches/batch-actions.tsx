import { CircleX, Download, FileSpreadsheet, Pause, Play, RotateCw } from "lucide-react";
import { useState } from "react";
import { Button, buttonLook } from "@/components/ui/button";
import { Confirm } from "@/components/ui/dialog";
import type { Batch } from "@/lib/api/types";
import { plural } from "@/lib/format";
import { useSteer } from "./api";
import { isOver } from "./words";

/** What can be done with a batch as it stands. */
export function BatchActions({ batch }: { readonly batch: Batch }) {
  const [asking, ask] = useState(false);
  const steer = useSteer(batch.id);
  const { counts, state } = batch;
  const wrong = counts.failed + counts.refused;
  const busy = (what: typeof steer.variables) => steer.isPending && steer.variables === what;
  const left = counts.waiting + counts.queued + counts.running + counts.waiting_for_review;
  return (
    <>
      {state === "running" && <Button busy={busy("pause")} onClick={() => { steer.mutate("pause"); }}><Pause aria-hidden />Pause</Button>}
      {state === "paused" && <Button look="primary" busy={busy("resume")} onClick={() => { steer.mutate("resume"); }}><Play aria-hidden />Go on</Button>}
      {wrong > 0 && state !== "cancelled" && <Button busy={busy("retry")} onClick={() => { steer.mutate("retry"); }}><RotateCw aria-hidden />Try {plural(wrong, "row")} again</Button>}
      {counts.completed > 0 && <a href={batch.results_url} download className={buttonLook({ look: isOver(batch) ? "primary" : "plain" })}><Download aria-hidden />Videos as ZIP</a>}
      {batch.rows > 0 && <a href={batch.report_url} download className={buttonLook({ look: "plain" })}><FileSpreadsheet aria-hidden />Report</a>}
      {!isOver(batch) && <Button look="quiet" onClick={() => { ask(true); }}><CircleX aria-hidden />Cancel</Button>}
      <Confirm open={asking} onOpenChange={ask} title="Cancel this batch?" action="Cancel the batch" busy={busy("cancel")} onConfirm={() => { steer.mutate("cancel", { onSettled: () => { ask(false); } }); }}>
        {left > 0 ? `${plural(left, "video")} will not be made; those under way stop at once.` : "What is under way stops at once."} Finished ones stay. This can’t be undone.
      </Confirm>
    </>
  );
}
