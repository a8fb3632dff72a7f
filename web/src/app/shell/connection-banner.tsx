import { LoaderCircle } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { networkAway } from "@/lib/faults";
import { connection, useConnection } from "@/lib/connection";

/** Says that the gateway does not answer, for as long as it does not. */
export function ConnectionBanner() {
  const state = useConnection();
  return <div role="status">{state === "lost" && <Lost />}</div>;
}

function Lost() {
  const [asking, setAsking] = useState(false);
  const { title, detail } = networkAway(null);
  const ask = () => {
    setAsking(true);
    void connection.askNow().finally(() => { setAsking(false); });
  };
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn">
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      <span>
        <strong className="font-semibold">{title}.</strong> {detail}
      </span>
      <Button size="sm" look="link" className="text-warn" busy={asking} onClick={ask}>
        Try now
      </Button>
    </div>
  );
}
