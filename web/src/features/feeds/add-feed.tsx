import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Wrong } from "@/components/making/wrong";
import type { Typed } from "@/components/making/parts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { Asset } from "@/lib/api/types";
import { faultOf, fieldName } from "@/lib/faults";
import { useAddFeed } from "./api";
import { columnsSent, ColumnsPart, NO_COLUMNS } from "./columns-part";
import { SourcePart } from "./source-part";

interface Wish {
  readonly name: string;
  readonly url: string;
  readonly table: Asset | null;
}

/** What is still missing, field by field. */
export function lacking({ name, url, table }: Wish): Readonly<Record<string, string>> {
  return {
    ...(!name.trim() && { name: "Give it a name." }),
    ...(!table && !url.trim() && { url: "Give an address, or a file." }),
    ...(!table && url.trim() && !/^https:\/\/[^\s/]+\/?\S*$/.test(url.trim()) && { url: "An address that begins with https:// is needed." }),
  };
}

/** A new feed: where it lies, and what it is called. Its first import begins at once. */
export function AddFeed({ onClose }: { readonly onClose: () => void }) {
  const [wish, setWish] = useState<Wish>({ name: "", url: "", table: null });
  const [columns, setColumns] = useState(NO_COLUMNS);
  const [tried, setTried] = useState(false);
  const add = useAddFeed();
  const navigate = useNavigate();
  const fault = add.error ? faultOf(add.error) : null;
  const told: Record<string, string> = Object.fromEntries((fault?.fields ?? []).map(({ pointer, message }) => [fieldName(pointer), message]));
  const missing = lacking(wish);
  const wrong = { ...told, ...(tried && missing) };
  const put = (part: Partial<Wish>) => {
    if (add.isError) add.reset();
    setWish((before) => ({ ...before, ...part }));
  };
  const take = (table: Asset) => {
    setWish((before) => ({ ...before, table, name: before.name || table.name.replace(/\.\w+$/, "") }));
  };
  const send = () => {
    setTried(true);
    if (Object.keys(missing).length > 0) return;
    const { name, url, table } = wish;
    add.mutate({ name: name.trim(), url: table ? null : url.trim(), table: table?.id ?? null, columns: columnsSent(columns), language: columns.language || null }, {
      onSuccess: (feed) => {
        onClose();
        void navigate({ to: "/feeds/$feed", params: { feed: feed.id } });
      },
    });
  };
  const shown = ["name", "url", "table"].some((name) => told[name]) || Object.keys(told).some((name) => name.startsWith("columns"));
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title="Add a feed"
      description="It is read at once. Nothing is made of it until you say so."
      width="md"
      footer={<Button look="primary" busy={add.isPending} onClick={send}>Add and import</Button>}
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
        <SourcePart url={wish.url} table={wish.table} onUrl={(url) => { put({ url }); }} onTable={(table) => { if (table) take(table); else put({ table }); }} place="new-feed" error={wrong.url} />
        <Wrong>{wrong.table}</Wrong>
        <Field label="Name" error={wrong.name} hint="To find it again, such as Shop Romania.">
          <Input value={wish.name} maxLength={200} onChange={(event: Typed) => { put({ name: event.target.value }); }} />
        </Field>
        <ColumnsPart value={columns} onChange={setColumns} told={told} />
        {fault && !shown && <FaultPanel error={fault} {...(fault.passing && { onRetry: send })} />}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden>Add</button>
      </form>
    </Dialog>
  );
}
