import { useNavigate } from "@tanstack/react-router";
import { FileUp, MoreVertical, PencilLine, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { UploadArea } from "@/components/uploads/upload-area";
import { Button } from "@/components/ui/button";
import { Confirm, Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { toast, toastFault } from "@/components/ui/toast";
import type { Feed } from "@/lib/api/types";
import { isRunning } from "@/lib/feeds";
import { useImport, useRemoveFeed } from "./api";
import { ChangeFeed } from "./change-feed";

type Asked = "file" | "change" | "remove" | null;

/** What can be done with a feed. */
export function FeedActions({ feed }: { readonly feed: Feed }) {
  const [asked, ask] = useState<Asked>(null);
  const again = useImport(feed.id);
  const running = isRunning(feed.last_import);
  const close = () => { ask(null); };
  const read = (table: string | null) => { again.mutate(table, { onError: toastFault, onSuccess: close }); };
  return (
    <>
      {feed.url === null ? (
        <Button look="plain" disabled={running} onClick={() => { ask("file"); }}><FileUp aria-hidden />Import a new file</Button>
      ) : (
        <Button look="plain" busy={again.isPending} disabled={running} onClick={() => { read(null); }}><RefreshCw aria-hidden />Import again</Button>
      )}
      <Menu trigger={<Button look="plain" size="icon" aria-label={`More on ${feed.name}`}><MoreVertical aria-hidden /></Button>}>
        {feed.url !== null && <MenuItem disabled={running} onClick={() => { ask("file"); }}><FileUp aria-hidden />Import from a file</MenuItem>}
        <MenuItem onClick={() => { ask("change"); }}><PencilLine aria-hidden />Name, address and columns</MenuItem>
        <MenuLine />
        <MenuItem danger onClick={() => { ask("remove"); }}><Trash2 aria-hidden />Remove the feed</MenuItem>
      </Menu>
      <Dialog open={asked === "file"} onOpenChange={(open) => { if (!open) close(); }} title="Import a new file" description="It is compared with what is there: what it does not hold any more counts as gone." width="md">
        <UploadArea kind="table" place={`feed-${feed.id}`} onAsset={({ id }) => { read(id); }} />
      </Dialog>
      {asked === "change" && <ChangeFeed feed={feed} onClose={close} />}
      <Remove feed={feed} open={asked === "remove"} onClose={close} />
    </>
  );
}

function Remove({ feed, open, onClose }: { readonly feed: Feed; readonly open: boolean; readonly onClose: () => void }) {
  const remove = useRemoveFeed(feed.id);
  const navigate = useNavigate();
  const confirm = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        toast(`${feed.name} was removed`);
        void navigate({ to: "/feeds" });
      },
      onError: onClose,
    });
  };
  return (
    <Confirm open={open} onOpenChange={onClose} title="Remove this feed?" action="Remove" busy={remove.isPending} onConfirm={confirm}>
      Its products and imports go with it. Videos that were made of them stay, and so does your shop.
    </Confirm>
  );
}
