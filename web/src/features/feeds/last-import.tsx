import { useInfiniteQuery } from "@tanstack/react-query";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { Card } from "@/components/ui/card";
import { ListSkeleton } from "@/components/ui/skeleton";
import { ago, count, moment, plural } from "@/lib/format";
import type { Feed, FeedImport } from "@/lib/api/types";
import { importsQuery } from "./api";
import { ImportState } from "./import-state";
import { Problems } from "./problems";

interface LastProps {
  readonly feed: Feed;
  readonly last: FeedImport;
}

/** What the newest import found, or how far it is. */
export function LastImport({ feed, last }: LastProps) {
  const { counts } = last;
  return (
    <Card className="flex flex-col gap-3 p-4" aria-label="Last import">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold">{headOf(last)}</h2>
        <p className="figures text-sm text-ink-3" title={moment(last.finished_at ?? last.requested_at)}>{ago(last.finished_at ?? last.requested_at)}</p>
      </div>
      <div aria-live="polite"><ImportState of={last} name={feed.name} /></div>
      {counts && counts.without_image > 0 && <p className="text-sm text-warn">{plural(counts.without_image, "product")} without a picture: no video can be made of {counts.without_image === 1 ? "it" : "them"}.</p>}
      {last.fault && feed.products > 0 && <p className="text-sm text-ink-2">The {plural(feed.products, "product")} of the import before stay as they are.</p>}
      {last.problems_kept > 0 && <Problems feed={feed.id} of={last} />}
      {last.number > 1 && <Earlier feed={feed} />}
    </Card>
  );
}

function headOf({ state, counts, number }: FeedImport): string {
  if (state === "failed") return "The last import failed";
  if (counts) return `${plural(counts.products, "product")} imported`;
  return number > 1 ? "Being imported again" : "Being imported";
}

/** The imports before. */
function Earlier({ feed }: { readonly feed: Feed }) {
  return (
    <details>
      <summary className="cursor-pointer text-sm font-medium text-accent-text">All imports</summary>
      <Imports feed={feed} />
    </details>
  );
}

function Imports({ feed }: { readonly feed: Feed }) {
  const imports = useInfiniteQuery(importsQuery(feed.id));
  if (imports.isPending) return <ListSkeleton lines={2} />;
  if (!imports.data) return <FaultPanel error={imports.error} onRetry={() => void imports.refetch()} />;
  return (
    <>
      <ol aria-label="Imports" className="mt-2 divide-y divide-line">
        {imports.data.pages.flatMap((page) => page.items).map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 text-sm">
            <span className="figures text-ink-2">{moment(one.finished_at ?? one.requested_at)}{one.counts && `, ${count(one.counts.products)} ${one.counts.products === 1 ? "product" : "products"}`}</span>
            <ImportState of={one} name={feed.name} />
          </li>
        ))}
      </ol>
      <More list={imports} />
    </>
  );
}
