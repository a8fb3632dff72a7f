import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import type { Typed } from "@/components/making/parts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { Feed } from "@/lib/api/types";
import { faultOf, fieldName } from "@/lib/faults";
import { useChangeFeed } from "./api";
import { columnsOf, columnsSent, ColumnsPart } from "./columns-part";

/** Name, address and columns. They count from the next import on. */
export function ChangeFeed({ feed, onClose }: { readonly feed: Feed; readonly onClose: () => void }) {
  const [name, setName] = useState(feed.name);
  const [url, setUrl] = useState(feed.url ?? "");
  const [columns, setColumns] = useState(() => columnsOf(feed));
  const change = useChangeFeed(feed.id);
  const fault = change.error ? faultOf(change.error) : null;
  const told: Record<string, string> = Object.fromEntries((fault?.fields ?? []).map(({ pointer, message }) => [fieldName(pointer), message]));
  const save = () => {
    if (!name.trim()) return;
    change.mutate({ name: name.trim(), columns: columnsSent(columns), ...(url.trim() && { url: url.trim() }), ...(columns.language && { language: columns.language }) }, { onSuccess: onClose });
  };
  const shown = Object.keys(told).some((field) => ["name", "url"].includes(field) || field.startsWith("columns."));
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={feed.name}
      description="Address and columns count from the next import on."
      width="md"
      footer={<Button look="primary" busy={change.isPending} onClick={save}>Save</Button>}
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Field label="Name" error={name.trim() ? told.name : "Give it a name."}><Input value={name} maxLength={200} onChange={(event: Typed) => { setName(event.target.value); }} /></Field>
        <Field label="Address" error={told.url} hint={feed.url === null && "With one, it can be read again without a file."}><Input type="url" inputMode="url" placeholder="https://" value={url} onChange={(event: Typed) => { setUrl(event.target.value); }} /></Field>
        <ColumnsPart value={columns} onChange={setColumns} told={told} open />
        {fault && !shown && <FaultPanel error={fault} />}
      </form>
    </Dialog>
  );
}
