import { CircleX, MoreVertical, RotateCw, WandSparkles } from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { Job } from "@/lib/api/types";
import { useTurn } from "./api";
import { CancelDialog } from "./cancel-dialog";
import { isOver } from "./words";

/** What can be done with a job, from the list. */
export function RowMenu({ job }: { readonly job: Job }) {
  const [asking, ask] = useState(false);
  const retry = useTurn("retry");
  const navigate = useNavigate();
  return (
    <div className="relative z-10">
      <Menu trigger={<Button look="quiet" size="icon" aria-label={`More on ${job.name}`}><MoreVertical aria-hidden /></Button>}>
        {job.state === "failed" && <MenuItem onClick={() => { retry.mutate(job.id); }}><RotateCw aria-hidden />Retry</MenuItem>}
        <MenuItem onClick={() => void navigate({ to: "/make", search: { from: job.id } })}><WandSparkles aria-hidden />Make again with changes</MenuItem>
        {!isOver(job.state) && <MenuItem danger onClick={() => { ask(true); }}><CircleX aria-hidden />Cancel</MenuItem>}
      </Menu>
      <CancelDialog job={job.id} open={asking} onOpenChange={ask} />
    </div>
  );
}
