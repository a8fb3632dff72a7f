import type { Typed } from "@/components/making/parts";
import { ChosenFile } from "@/components/uploads/chosen-file";
import { UploadArea } from "@/components/uploads/upload-area";
import { Field, Input } from "@/components/ui/field";
import type { Asset } from "@/lib/api/types";

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
  if (table) return <ChosenFile file={table} onRemove={() => { onTable(null); }} />;
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
