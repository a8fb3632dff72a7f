import { CircleX, RotateCw, WandSparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { Job } from "@/lib/api/types";
import { useTurn } from "./api";
import { CancelDialog } from "./cancel-dialog";
import { isOver } from "./words";

export function JobActions({ job }: { readonly job: Job }) {
  const [asking, ask] = useState(false);
  const retry = useTurn("retry");
  return (
    <>
      {job.state === "failed" && (
        <Button look="primary" busy={retry.isPending} onClick={() => { retry.mutate(job.id); }}><RotateCw aria-hidden />Retry</Button>
      )}
      {isOver(job.state) && <LinkButton to="/make" search={{ from: job.id }}><WandSparkles aria-hidden />Make again with changes</LinkButton>}
      {!isOver(job.state) && <Button onClick={() => { ask(true); }}><CircleX aria-hidden />Cancel</Button>}
      <CancelDialog job={job.id} open={asking} onOpenChange={ask} />
    </>
  );
}
