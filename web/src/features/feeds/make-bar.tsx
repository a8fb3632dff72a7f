import { Clapperboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { count, plural } from "@/lib/format";
import type { Feed } from "@/lib/api/types";

interface BarProps {
  readonly feed: Feed;
  readonly chosen: ReadonlySet<string>;
  readonly onClear: () => void;
}

/** From products to videos: those that changed, all of them, or those that were chosen. */
export function MakeBar({ feed, chosen, onClear }: BarProps) {
  const batch = (which: "changed" | "all" | "ids") => ({ feed: feed.id, which });
  return (
    <>
      {feed.products > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <LinkButton to="/batches/new" search={batch("changed")} look="primary"><Clapperboard aria-hidden />Make videos of what is new or changed</LinkButton>
          <LinkButton to="/batches/new" search={batch("all")} look="plain">Of all {count(feed.products)}</LinkButton>
        </div>
      )}
      {chosen.size > 0 && (
        <div role="region" aria-label="Chosen products" className="fixed inset-x-4 bottom-20 z-20 mx-auto flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-raised p-2 pl-4 shadow-high md:bottom-4">
          <span className="figures text-sm font-medium">{plural(chosen.size, "product")} chosen</span>
          <span className="flex gap-2">
            <Button look="quiet" size="sm" onClick={onClear}>Clear</Button>
            <LinkButton to="/batches/new" search={batch("ids")} look="primary" size="sm">Make {plural(chosen.size, "video")}</LinkButton>
          </span>
        </div>
      )}
    </>
  );
}
