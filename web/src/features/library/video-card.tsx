import { Link } from "@tanstack/react-router";
import { Download, MoreVertical, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckMark } from "@/components/video/check";
import { Menu, MenuItem, MenuLink } from "@/components/ui/menu";
import { cn } from "@/lib/cn";
import { ago, clock, percent } from "@/lib/format";
import type { VideoCard as Card } from "@/lib/api/types";
import { useDelete, useRestore } from "./api";
import { CardPicture } from "./card-picture";
import { KeptUntil } from "./kept-until";
import { RenameDialog } from "./rename-dialog";

interface CardProps {
  readonly video: Card;
  readonly chosen: boolean;
  readonly onTurn: () => void;
}

/** One video of the grid. */
export function VideoCard({ video, chosen, onTurn }: CardProps) {
  const [renaming, rename] = useState(false);
  const remove = useDelete();
  const restore = useRestore();
  const [file] = video.files;
  return (
    <li className={cn("group relative min-w-0 rounded-lg border bg-surface p-1.5 shadow-low", chosen ? "border-accent" : "border-line hover:border-line-strong")}>
      <input type="checkbox" checked={chosen} onChange={onTurn} aria-label={`Choose ${video.name}`} className="absolute top-3 left-3 z-10 size-5 accent-accent" />
      <Link to="/videos/$video" params={{ video: video.id }} className="relative block aspect-[9/16] overflow-hidden rounded-md bg-sunken">
        <span className="sr-only">{video.name}</span>
        <CardPicture video={video} />
        {video.check && <span className="absolute top-1.5 right-1.5"><CheckMark check={video.check} /></span>}
        <span className="figures absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1.5 py-0.5 text-xs text-white">{corner(video)}</span>
      </Link>
      <div className="flex items-start gap-1 px-1 pt-1.5">
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium" title={video.name}>{video.name}</p>
          <p className={cn("text-xs text-ink-3", !video.deleted_at && "truncate")}>{video.deleted_at ? <KeptUntil deletedAt={video.deleted_at} /> : <>{video.created_at ? ago(video.created_at) : ""} · {video.presets.join(", ")}</>}</p>
        </div>
        <Menu trigger={<Button look="quiet" size="icon" aria-label={`More on ${video.name}`}><MoreVertical aria-hidden /></Button>}>
          {file && <MenuLink href={file.url} download={`${video.name}.mp4`}><Download aria-hidden />Download</MenuLink>}
          <MenuItem onClick={() => { rename(true); }}><Pencil aria-hidden />Rename</MenuItem>
          {video.deleted_at ? (
            <MenuItem onClick={() => { restore.mutate([video.id]); }}><RotateCcw aria-hidden />Restore</MenuItem>
          ) : (
            <MenuItem danger onClick={() => { remove.mutate([video.id]); }}><Trash2 aria-hidden />Delete</MenuItem>
          )}
        </Menu>
      </div>
      {renaming && <RenameDialog video={video} onClose={() => { rename(false); }} />}
    </li>
  );
}

function corner(video: Card): string {
  if (video.state === "completed") return video.duration_s === null ? "" : clock(video.duration_s);
  if (video.state === "waiting_for_review") return "waits for you";
  return video.state === "failed" || video.state === "cancelled" ? video.state : percent(video.share);
}
