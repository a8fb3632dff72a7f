import { Link } from "@tanstack/react-router";
import { ago, count } from "@/lib/format";
import { sourceOf } from "@/lib/feeds";
import type { Feed } from "@/lib/api/types";
import { ImportState } from "./import-state";

/** One feed of the list. */
export function FeedCard({ feed }: { readonly feed: Feed }) {
  const last = feed.last_import;
  return (
    <li className="relative flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4 shadow-low hover:border-line-strong">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <Link to="/feeds/$feed" params={{ feed: feed.id }} className="block truncate font-semibold after:absolute after:inset-0">{feed.name}</Link>
          <p className="truncate text-sm text-ink-2">{sourceOf(feed)}{last && `, ${last.finished_at ? `imported ${ago(last.finished_at)}` : "being imported"}`}</p>
        </div>
        <p className="figures shrink-0 text-right">
          <span className="block text-xl leading-none font-semibold">{count(feed.products)}</span>
          <span className="text-xs text-ink-3">{feed.products === 1 ? "product" : "products"}</span>
        </p>
      </div>
      {last && <ImportState of={last} name={feed.name} />}
    </li>
  );
}
