import { CircleX, RotateCw, WandSparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import type { Job } from "@/lib/api/types";
import { useTurn } from "./api";
import { isOver } from "./words";

export function JobActions({ job }: { readonly job: Job }) {
  const [asking, ask] = useState(false);
  const cancel = useTurn("cancel");
  const retry = useTurn("retry");
  const stop = () => { cancel.mutate(job.id, { onSettled: () => { ask(false); } }); };
  return (
    <>
      {job.state === "failed" && (
        <Button look="primary" busy={retry.isPending} onClick={() => { retry.mutate(job.id); }}><RotateCw aria-hidden />Retry</Button>
      )}
      {isOver(job.state) && <LinkButton to="/make" search={{ from: job.id }}><WandSparkles aria-hidden />Make again with changes</LinkButton>}
      {!isOver(job.state) && <Button onClick={() => { ask(true); }}><CircleX aria-hidden />Cancel</Button>}
      <Confirm open={asking} onOpenChange={ask} title="Cancel this job?" action="Cancel the job" busy={cancel.isPending} onConfirm={stop}>
        What is being made stops at once. What is done so far is kept for a while, so the same again would be quick.
      </Confirm>
    </>
  );
}
