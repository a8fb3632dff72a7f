import { FileSpreadsheet, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { bytes } from "@/lib/format";

/** A file that has arrived and is used. */
export interface ThisFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export function ChosenFile({ file, onRemove }: { readonly file: ThisFile; readonly onRemove: () => void }) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-accent bg-accent-soft px-3 py-2">
      <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-accent-text" />
      <p className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{file.name}</span>
        <span className="figures text-xs text-ink-2">{bytes(file.size)}</span>
      </p>
      <Button look="quiet" size="icon" aria-label={`Take another file than ${file.name}`} onClick={onRemove}><X aria-hidden /></Button>
    </div>
  );
}
