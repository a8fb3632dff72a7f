import { FileSpreadsheet, X } from "lucide-react";
import type { Typed } from "@/components/making/parts";
import { UploadArea } from "@/components/uploads/upload-area";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { Asset } from "@/lib/api/types";
import { bytes } from "@/lib/format";

interface SourceProps {
  readonly url: string;
  readonly table: Asset | null;
  readonly onUrl: (url: string) => void;
  readonly onTable: (table: Asset | null) => void;
  /** Tells this place of the page from others that take files. */
  readonly place: string;
  readonly error?: string | undefined;
}

/** Where a feed lies: at an address, or in a file. */
export function SourcePart({ url, table, onUrl, onTable, place, error }: SourceProps) {
  if (table) return <ChosenTable table={table} onRemove={() => { onTable(null); }} />;
  return (
    <>
      <Field label="Address" error={error} hint="A public https:// address that gives the feed as XML, CSV or TSV. It is read again whenever you say so.">
        <Input type="url" inputMode="url" placeholder="https://shop.example/feeds/google.xml" value={url} onChange={(event: Typed) => { onUrl(event.target.value); }} />
      </Field>
      <p className="flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">or a file</p>
      <UploadArea kind="table" place={place} onAsset={onTable} />
    </>
  );
}

/** A table that is here. */
function ChosenTable({ table, onRemove }: { readonly table: Asset; readonly onRemove: () => void }) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-accent bg-accent-soft px-3 py-2">
      <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-accent-text" />
      <p className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{table.name}</span>
        <span className="figures text-xs text-ink-2">{bytes(table.size)}</span>
      </p>
      <Button look="quiet" size="icon" aria-label={`Take another file than ${table.name}`} onClick={onRemove}><X aria-hidden /></Button>
    </div>
  );
}
