import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Chips } from "@/components/chips";
import { DrawnShelf } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { Pager } from "@/components/pager";
import { SearchField } from "@/components/search-field";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ListSkeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import type { Feed } from "@/lib/api/types";
import { isRunning } from "@/lib/feeds";
import { usePaging } from "@/lib/pages";
import { pick, pickedOf } from "@/lib/picked";
import { PAGE, productsQuery, type ProductFilter } from "./api";
import { MakeBar } from "./make-bar";
import { ProductRow } from "./product-row";

const route = getRouteApi("/feeds/$feed");
const ALL = "all";
const STATES = [["new", "New", "bg-good"], ["changed", "Changed", "bg-accent"], ["gone", "Gone", "bg-ink-3"]] as const;

/** The products, as many as a page holds; those that are chosen stay so from page to page. */
export function Products({ feed }: { readonly feed: Feed }) {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePaging(`${JSON.stringify(filter)} ${feed.last_import?.id ?? ""}`);
  const products = useQuery(productsQuery(feed.id, filter, paging.cursor));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(pickedOf(feed.id)));
  const show = (next: ProductFilter) => void navigate({ search: next, replace: true });
  const choose = (next: ReadonlySet<string>) => {
    setChosen(next);
    pick(feed.id, [...next]);
  };
  const all = products.data?.items ?? [];
  const filtered = Object.keys(filter).length > 0;
  const counts = feed.last_import?.counts ?? null;
  const totals = { new: counts?.new ?? null, changed: counts?.changed ?? null, gone: counts?.gone ?? null, same: counts?.same ?? null };
  const chips = [{ value: ALL, label: "All", many: null }, ...STATES.map(([value, label, dot]) => ({ value, label, dot, many: totals[value] }))];
  const usable = all.filter((product) => product.state !== "gone");
  const whole = usable.length > 0 && usable.every((product) => chosen.has(product.id));
  if (feed.products === 0 && all.length === 0 && !filtered && !products.isError) return <Waiting feed={feed} pending={products.isPending} />;
  return (
    <section aria-label="Products" className="flex flex-col gap-4">
      <MakeBar feed={feed} chosen={chosen} onClear={() => { choose(new Set()); }} />
      <div role="search" className="flex flex-wrap items-center gap-3">
        <SearchField label="Search products" placeholder="Search by name, brand or id" value={filter.q ?? ""} onChange={(q) => { show({ ...(filter.state && { state: filter.state }), ...(q && { q }) }); }} />
        <Chips label="Which products" chips={chips} value={filter.state ?? ALL} onChange={(state) => { show({ ...(filter.q && { q: filter.q }), ...(state !== ALL && { state: state as NonNullable<ProductFilter["state"]> }) }); }} />
      </div>
      {products.isPending && <ListSkeleton />}
      {products.isError && <FaultPanel error={products.error} onRetry={() => void products.refetch()} />}
      {products.isSuccess && all.length === 0 && (
        <EmptyState drawing={<DrawnShelf />} title="No product fits" action={<Button onClick={() => { show({}); }}>Show all products</Button>} />
      )}
      {all.length > 0 && (
        <div id="list" className="scroll-mt-20">
          {usable.length > 0 && (
            <label className="mb-2 flex w-fit cursor-pointer items-center gap-3 py-1 pl-3 text-sm text-ink-2">
              <input type="checkbox" checked={whole} onChange={() => { choose(turned(chosen, usable.map(({ id }) => id), !whole)); }} className="size-5 accent-accent" />
              {usable.length === 1 ? "Choose this one" : `Choose these ${String(usable.length)}`}
            </label>
          )}
          <ul aria-label="Products" className={cn("divide-y divide-line rounded-lg border border-line bg-surface shadow-low transition-opacity", products.isPlaceholderData && "opacity-60")}>
            {all.map((product) => (
              <ProductRow key={product.id} feed={feed} product={product} chosen={chosen.has(product.id)} onTurn={() => { choose(turned(chosen, [product.id], !chosen.has(product.id))); }} />
            ))}
          </ul>
          <Pager paging={paging} next={products.data?.next_cursor ?? null} here={all.length} size={PAGE} total={filter.q === undefined ? (filter.state ? totals[filter.state] : null) : null} busy={products.isPlaceholderData} />
        </div>
      )}
    </section>
  );
}

function turned(before: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(before);
  for (const id of ids) if (on) next.add(id); else next.delete(id);
  return next;
}

function Waiting({ feed, pending }: { readonly feed: Feed; readonly pending: boolean }) {
  if (pending) return <ListSkeleton />;
  if (isRunning(feed.last_import)) return <p role="status" className="text-sm text-ink-2">The products appear here once they are read. You may go elsewhere meanwhile.</p>;
  return <EmptyState drawing={<DrawnShelf />} title="No products">{feed.last_import?.fault ? "Nothing could be read yet. It says why above; mend that, then import again." : "The import found none that could be used. Look at what it says above, then import again."}</EmptyState>;
}
