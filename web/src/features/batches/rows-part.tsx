import { Wrong } from "@/components/making/wrong";
import { ChosenFile } from "@/components/uploads/chosen-file";
import { UploadArea } from "@/components/uploads/upload-area";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Feed } from "@/lib/api/types";
import { sourceOf } from "@/lib/feeds";
import { plural } from "@/lib/format";
import { pickedOf } from "@/lib/picked";
import { Choice } from "./choice";
import type { BatchWish, Told, Which } from "./wish";

interface RowsProps {
  readonly wish: BatchWish;
  readonly set: (part: Partial<BatchWish>) => void;
  readonly told: Told;
  readonly feeds: readonly Feed[];
}

/** What the videos are made of: products of a feed, or a table that is dropped here. */
export function RowsPart({ wish, set, told, feeds }: RowsProps) {
  const table = wish.from === "table";
  return (
    <>
      <div role="group" aria-label="Where the rows come from" className="flex flex-wrap gap-2">
        <Button look={table ? "plain" : "primary"} aria-pressed={!table} onClick={() => { set({ from: "feed" }); }}>A feed</Button>
        <Button look={table ? "primary" : "plain"} aria-pressed={table} onClick={() => { set({ from: "table" }); }}>A table</Button>
      </div>
      {table ? <OfTable wish={wish} set={set} /> : <OfFeed wish={wish} set={set} feeds={feeds} />}
      <Wrong>{told.rows}</Wrong>
    </>
  );
}

function OfFeed({ wish, set, feeds }: Omit<RowsProps, "told">) {
  const feed = feeds.find(({ id }) => id === wish.feed);
  if (feeds.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-sm text-ink-2">There is no feed yet. Add the one of your shop, or use a table.</p>
        <LinkButton to="/feeds" look="plain">Add a feed</LinkButton>
      </div>
    );
  }
  const turn = (id: string) => {
    const next = feeds.find((one) => one.id === id);
    set({ feed: id, ids: pickedOf(id), which: "changed", ...(next?.language && { language: next.language, voice: null }) });
  };
  const choices: readonly { readonly value: Which; readonly label: string; readonly hint: string }[] = [
    { value: "changed", label: "New or changed", hint: "Those that have no video of this template yet as they are now." },
    { value: "all", label: feed ? `All ${plural(feed.products, "product")}` : "All products", hint: "Whether they have a video or not." },
    ...(wish.ids.length > 0 ? [{ value: "ids" as const, label: `The ${plural(wish.ids.length, "product")} you chose`, hint: "On the feed’s page." }] : []),
  ];
  return (
    <>
      <Field label="Feed">
        <Select label="Feed" options={feeds.map((one) => ({ value: one.id, label: one.name, hint: sourceOf(one) }))} value={wish.feed ?? ""} onChange={turn} />
      </Field>
      {feed && <Choice legend="Which products" name="which" choices={choices} value={wish.which} onChange={(which) => { set({ which }); }} />}
    </>
  );
}

const KINDS = [
  { value: "product", label: "A product", hint: "With a name, a price and the address of a picture, as in a feed." },
  { value: "script", label: "Words for a script", hint: "Its columns fill in what you write; the pictures are clips of yours." },
] as const;

function OfTable({ wish, set }: Pick<RowsProps, "wish" | "set">) {
  return (
    <>
      {wish.table ? (
        <ChosenFile file={wish.table} onRemove={() => { set({ table: null }); }} />
      ) : (
        <UploadArea kind="table" place="new-batch" onAsset={({ id, name, size }) => { set({ table: { id, name, size } }); }} />
      )}
      <Choice legend="What a row is" name="kind" choices={KINDS} value={wish.kind} onChange={(kind) => { set({ kind }); }} />
    </>
  );
}
