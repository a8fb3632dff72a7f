import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Chips } from "@/components/chips";
import { DrawnStack } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { Pager } from "@/components/pager";
import { SearchField } from "@/components/search-field";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ListSkeleton } from "@/components/ui/skeleton";
import type { Batch, RowState } from "@/lib/api/types";
import { cn } from "@/lib/cn";
import { usePaging } from "@/lib/pages";
import { PAGE, rowsQuery, type RowFilter } from "./api";
import { BatchRowLine } from "./row";
import { ROWS } from "./words";

const route = getRouteApi("/batches/$batch");
const ALL = "all";

/** The rows, a page at a time, each as it stands now. */
export function Rows({ batch }: { readonly batch: Batch }) {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePaging(JSON.stringify(filter));
  const rows = useQuery(rowsQuery(batch, filter, paging.cursor));
  const show = (next: RowFilter) => void navigate({ search: next, replace: true });
  const all = rows.data?.items ?? [];
  const states = (Object.keys(ROWS) as RowState[]).filter((state) => batch.counts[state] > 0 || state === filter.state);
  const chips = [{ value: ALL, label: "All", many: batch.rows }, ...states.map((state) => ({ value: state, label: ROWS[state].word, dot: ROWS[state].dot, many: batch.counts[state] }))];
  const total = filter.q ? null : filter.state ? batch.counts[filter.state] : batch.rows;
  if (batch.state === "failed") return null;
  return (
    <section aria-label="Rows" className="flex flex-col gap-4">
      <div role="search" className="flex flex-wrap items-center gap-3">
        <SearchField label="Search rows" placeholder="Search by name or key" value={filter.q ?? ""} onChange={(q) => { show({ ...(filter.state && { state: filter.state }), ...(q && { q }) }); }} />
        <Chips label="Which rows" chips={chips} value={filter.state ?? ALL} onChange={(state) => { show({ ...(filter.q && { q: filter.q }), ...(state !== ALL && { state: state as RowState }) }); }} />
      </div>
      {rows.isPending && <ListSkeleton />}
      {rows.isError && all.length === 0 && <FaultPanel error={rows.error} onRetry={() => void rows.refetch()} />}
      {rows.isSuccess && all.length === 0 && <Nothing batch={batch} filter={filter} onClear={() => { show({}); }} />}
      {all.length > 0 && (
        <div id="list" className="scroll-mt-20">
          <ul aria-label="Rows" className={cn("divide-y divide-line rounded-lg border border-line bg-surface shadow-low transition-opacity", rows.isPlaceholderData && "opacity-60")}>
            {all.map((row) => <BatchRowLine key={row.number} row={row} />)}
          </ul>
          <Pager paging={paging} next={rows.data?.next_cursor ?? null} here={all.length} size={PAGE} total={total} busy={rows.isPlaceholderData} />
        </div>
      )}
    </section>
  );
}

interface NothingProps {
  readonly batch: Batch;
  readonly filter: RowFilter;
  readonly onClear: () => void;
}

function Nothing({ batch, filter, onClear }: NothingProps) {
  if (batch.state === "preparing") return <p role="status" className="text-sm text-ink-2">The rows are being read. They appear here in a moment.</p>;
  if (Object.keys(filter).length === 0) return <EmptyState drawing={<DrawnStack />} title="No rows">Nothing has changed since the last videos, so there is nothing to make.</EmptyState>;
  return <EmptyState drawing={<DrawnStack />} title="No row fits" action={<Button onClick={onClear}>Show all rows</Button>} />;
}
