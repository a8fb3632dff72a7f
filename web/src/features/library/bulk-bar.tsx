import { Download, RotateCcw, Trash2, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import type { VideoCard } from "@/lib/api/types";
import { useDelete, useRestore } from "./api";
import { saveAll, toSave } from "./save";

interface BulkProps {
  readonly videos: readonly VideoCard[];
  readonly deleted: boolean;
  readonly onAll: () => void;
  readonly onDone: () => void;
}

const AT_ONCE = 100; // the gateway takes no more in one call

/** What can be done with several at once. */
export function BulkBar({ videos, deleted, onAll, onDone }: BulkProps) {
  const remove = useDelete();
  const restore = useRestore();
  const ids = videos.map((video) => video.id).slice(0, AT_ONCE);
  const files = toSave(videos);
  const act = deleted ? restore : remove;
  return (
    <div role="region" aria-label="Chosen videos" className="sticky bottom-20 z-20 mx-auto mt-5 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised p-2 shadow-high md:bottom-4">
      <span className="figures px-2 text-sm font-medium">{plural(videos.length, "video")} chosen</span>
      <Button size="sm" onClick={onAll}>All</Button>
      {!deleted && <Button size="sm" disabled={files.length === 0} onClick={() => void saveAll(files)}><Download aria-hidden />Download</Button>}
      <Button size="sm" look={deleted ? "primary" : "danger"} busy={act.isPending} onClick={() => { act.mutate(ids, { onSuccess: onDone }); }}>
        {deleted ? <RotateCcw aria-hidden /> : <Trash2 aria-hidden />}
        {deleted ? "Restore" : "Delete"}
      </Button>
      <Button size="icon" look="quiet" aria-label="Choose none" onClick={onDone}><X aria-hidden /></Button>
    </div>
  );
}
