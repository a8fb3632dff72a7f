import { Confirm } from "@/components/ui/dialog";
import { useTurn } from "./api";

interface CancelProps {
  readonly job: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks before a job is cancelled. */
export function CancelDialog({ job, open, onOpenChange }: CancelProps) {
  const cancel = useTurn("cancel");
  const stop = () => { cancel.mutate(job, { onSettled: () => { onOpenChange(false); } }); };
  return (
    <Confirm open={open} onOpenChange={onOpenChange} title="Cancel this job?" action="Cancel the job" busy={cancel.isPending} onConfirm={stop}>
      What is being made stops at once. What is done so far is kept for a while, so the same again would be quick.
    </Confirm>
  );
}
