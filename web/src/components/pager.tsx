import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { count } from "@/lib/format";
import type { Paging } from "@/lib/pages";

interface PagerProps {
  readonly paging: Paging;
  /** Where the next page begins; null where there is none. */
  readonly next: string | null;
  /** How many are on this page, of how many a page has. */
  readonly here: number;
  readonly size: number;
  /** How many there are in all, if that is known. */
  readonly total?: number | null;
  readonly busy?: boolean;
}

/** From page to page of a long list: what is not looked at costs nothing. */
export function Pager({ paging, next, here, size, total = null, busy = false }: PagerProps) {
  if (next === null && paging.number === 0) return null;
  const first = paging.number * size + 1;
  const turn = (go: () => void) => () => {
    go();
    document.getElementById("list")?.scrollIntoView({ block: "start" });
  };
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center justify-center gap-3">
      <Button disabled={paging.number === 0} onClick={turn(paging.back)}><ChevronLeft aria-hidden />Back</Button>
      <span aria-live="polite" className="figures text-sm text-ink-2">
        {here > 0 ? `${count(first)}–${count(first + here - 1)}` : "none"}{total !== null && ` of ${count(total)}`}
      </span>
      <Button disabled={next === null} busy={busy} onClick={turn(() => { if (next !== null) paging.forward(next); })}>Next<ChevronRight aria-hidden /></Button>
    </nav>
  );
}
