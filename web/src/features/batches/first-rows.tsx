import { CircleAlert, CircleCheck } from "lucide-react";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { plural } from "@/lib/format";
import { priceOf, type Preview, type RowPreview } from "./shown";

interface FirstProps {
  readonly preview: Preview | undefined;
  readonly busy: boolean;
  /** Whether something is missing before rows can be looked at. */
  readonly waits: boolean;
  readonly kind: "product" | "script";
  readonly feed: string | null;
  readonly language: string;
}

/** What the first rows would become, before anything is made. */
export function FirstRows({ preview, busy, waits, kind, language }: FirstProps) {
  if (waits) return <p className="text-sm text-ink-2">Here you see what becomes of the first rows, once there are rows{kind === "script" ? ", a script and clips" : ""}.</p>;
  if (!preview) return busy ? <div role="status" aria-label="Loading" className="flex flex-col gap-2"><Skeleton className="h-14" /><Skeleton className="h-14" /></div> : <p className="text-sm text-ink-2">The first rows can’t be shown as it stands.</p>;
  const wrong = preview.rows.filter((row) => row.fault).length;
  return (
    <>
      {preview.rows.length === 0 && <p className="text-sm text-ink-2">There are no rows to make videos of.</p>}
      {wrong > 0 && <p className="text-sm text-warn">{wrong === preview.rows.length ? "None" : plural(preview.rows.length - wrong, "row")} of the first {preview.rows.length} can be made as it stands. The others are left out, and told.</p>}
      <ol aria-label="What becomes of them" aria-busy={busy} className={cn("flex flex-col divide-y divide-line", busy && "opacity-60")}>
        {preview.rows.map((row) => <First key={row.number} row={row} language={language} />)}
      </ol>
    </>
  );
}

function First({ row, language }: { readonly row: RowPreview; readonly language: string }) {
  const { brief } = row;
  const product = brief?.kind === "product" ? brief.products[0] : undefined;
  const { now, before } = priceOf(product, language);
  const said = brief && "script" in brief ? brief.script : "";
  return (
    <li className="flex gap-2.5 py-2.5 first:pt-0 last:pb-0">
      {row.fault ? <CircleAlert aria-label="Can’t be made" className="mt-0.5 size-4 shrink-0 text-bad" /> : <CircleCheck aria-label="Can be made" className="mt-0.5 size-4 shrink-0 text-good" />}
      <div className="min-w-0 flex-1 text-sm">
        <p className="line-clamp-2 font-medium break-words">{row.label}</p>
        {now && <p className="figures text-ink-2">{now}{before && <s className="ml-1.5 text-xs text-ink-3">{before}</s>}</p>}
        {said && <p className="line-clamp-4 break-words text-ink-2">“{plain(said)}”</p>}
        {row.fault && <p className="break-words text-bad">{row.fault.message}</p>}
      </div>
    </li>
  );
}

/** A script as it is spoken: doubled braces are the signs themselves. */
const plain = (script: string): string => script.replace(/\{\{|\}\}/g, (twice) => twice.charAt(0));
