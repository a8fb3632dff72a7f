import { lazy, Suspense, useState } from "react";
import { ListSkeleton } from "@/components/ui/skeleton";
import type { Change, ToldProps } from "./parts";

export interface OverProps extends Pick<ToldProps, "wish" | "set" | "told"> {
  readonly change: Change;
}

// Not before somebody wants it: the first page stays light.
const Inserts = lazy(async () => ({ default: (await import("./over/inserts")).Inserts }));

/** Pictures that are shown over the footage, for those who want some. */
export function OverPart(props: OverProps) {
  const { inserts } = props.wish;
  const [open, setOpen] = useState(inserts.length > 0);
  const wrong = Object.keys(props.told).some((field) => field.startsWith("inserts"));
  return (
    <details open={open || wrong} onToggle={(event) => { setOpen(event.currentTarget.open); }}>
      <summary className="cursor-pointer text-sm font-medium text-accent-text">
        Show pictures over it{inserts.length > 0 && ` (${String(inserts.length)})`}
      </summary>
      {(open || wrong) && <div role="group" aria-label="Pictures over it" className="mt-3 flex flex-col gap-3"><Suspense fallback={<ListSkeleton />}><Inserts {...props} /></Suspense></div>}
    </details>
  );
}
