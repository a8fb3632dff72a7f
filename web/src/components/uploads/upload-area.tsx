import { useQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRef, useState, useSyncExternalStore, type DragEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { optionsQuery } from "@/lib/options";
import { cn } from "@/lib/cn";
import { bytes } from "@/lib/format";
import type { Asset } from "@/lib/api/types";
import { LeftBehind } from "./left-behind";
import { uploads, type Kind } from "./store";
import { UploadRow } from "./upload-row";

export interface UploadAreaProps {
  readonly kind: Kind;
  /** Called once for each file that is there and can be used. */
  readonly onAsset?: (asset: Asset) => void;
  /** Tells several areas of one page apart. Such a one is a slim row, and what has arrived leaves its list. */
  readonly place?: string;
  /** Other ways to the same, beside the button. */
  readonly children?: ReactNode;
}

const ACCEPT = { footage: "video/*,image/*", music: "audio/*", image: "image/*", table: ".csv,.tsv,.txt,.xml,text/csv,text/xml,application/xml" } as const;
const WORDS = { footage: "video clips", music: "a song", image: "pictures", table: "a table (CSV, TSV or XML)" } as const;

/** Takes files by drop or by choice, and shows how far each is. */
export function UploadArea({ kind, onAsset, place, children }: UploadAreaProps) {
  const items = useSyncExternalStore(uploads.subscribe, uploads.list).filter((item) => item.kind === kind && (place === undefined || (item.place === place && item.state !== "done")));
  const { data: options } = useQuery(optionsQuery);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const most = options?.limits.upload_bytes[kind] ?? null;
  const single = kind === "table";
  const take = (files: FileList | null) => {
    for (const file of Array.from(files ?? []).slice(0, single ? 1 : undefined)) uploads.add(file, kind, most, onAsset, place);
    if (input.current) input.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div className="flex flex-col gap-3">
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a short cut; the button does the same */}
      <div
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => { setOver(false); }}
        onDrop={drop}
        className={cn(
          "flex items-center gap-2 rounded-lg border border-dashed border-line-strong bg-sunken px-4 text-center",
          place === undefined ? "flex-col py-6" : "flex-wrap py-3",
          over && "border-accent bg-accent-soft",
        )}
      >
        <FileUp aria-hidden className={cn("shrink-0 text-ink-3", place === undefined ? "size-6" : "size-5")} />
        <p className="text-sm text-ink-2">Drop {WORDS[kind]} here, or</p>
        <Button {...(place !== undefined && { size: "sm" })} onClick={() => input.current?.click()}>{single ? "Choose a file" : "Choose files"}</Button>
        {children}
        <input ref={input} type="file" multiple={!single} accept={ACCEPT[kind]} className="sr-only" tabIndex={-1} aria-label={`Files: ${WORDS[kind]}`} onChange={(event) => { take(event.target.files); }} />
        {most !== null && place === undefined && <p className="text-xs text-ink-3">up to {bytes(most)} each; a broken line only pauses an upload</p>}
      </div>
      {items.length > 0 && (
        <ul aria-label="Uploads" className="flex flex-col gap-2">
          {items.map((item) => <UploadRow key={item.key} item={item} />)}
        </ul>
      )}
      {place === undefined && <LeftBehind kind={kind} />}
    </div>
  );
}
