import { MergeText } from "@/components/making/merge-text";
import type { MakingProps, Typed } from "@/components/making/parts";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { count } from "@/lib/format";
import { kindOf, type BatchWish, type Told } from "./wish";

interface SayingProps extends MakingProps<BatchWish> {
  readonly told: Told;
  /** Names that a row can fill in. */
  readonly fields: readonly string[];
}

const CALL_CHARS = 40;
const START = "{name|This one}. Now {price|for a good price}.";
/** Those of a product that one says; the others are taken as well. */
const USUAL = ["name", "price", "old_price", "discount", "brand", "description", "category"];
const HINT = "{name|instead} says what stands there where a row has nothing.";

/** What is said of each row: written from its facts, or one text with its values in it. */
export function SayingPart({ wish, set, options, told, fields }: SayingProps) {
  const most = options.limits.script_chars;
  if (kindOf(wish) === "script") {
    return (
      <MergeText label="Script" rows={6} error={told.script} hint={HINT} aside={`${count(wish.script.length)} of ${count(most)} characters`} value={wish.script} onChange={(script) => { set({ script }); }} fields={fields} placeholder="Come to {city}. The sun is out {days} days a year." />
    );
  }
  const own = wish.pitch !== null;
  const shown = [...USUAL.filter((name) => fields.includes(name)), ...fields.filter((name) => !OF_PRODUCT.has(name))];
  return (
    <>
      <div role="group" aria-label="Who writes the words" className="flex flex-wrap gap-2">
        <Button look={own ? "plain" : "primary"} aria-pressed={!own} onClick={() => { set({ pitch: null }); }}>Written for you</Button>
        <Button look={own ? "primary" : "plain"} aria-pressed={own} onClick={() => { if (!own) set({ pitch: START }); }}>In your words</Button>
      </div>
      {wish.pitch === null ? (
        <p className="text-sm text-ink-2">A few sentences from the facts of each product: the name and the brand, the first sentences of the description, the price, and the call to action.</p>
      ) : (
        <MergeText label="Script" error={told.script} hint={HINT} aside={`${count(wish.pitch.length)} of ${count(most)} characters`} value={wish.pitch} onChange={(pitch) => { set({ pitch }); }} fields={shown} />
      )}
      <Field label="Call to action" error={told.call} hint="On a button in the last seconds, and spoken at the end if the words are written for you." aside={`${String(wish.call.length)} of ${String(CALL_CHARS)}`}>
        <Input value={wish.call} maxLength={CALL_CHARS} placeholder="Order now" onChange={(event: Typed) => { set({ call: event.target.value }); }} />
      </Field>
    </>
  );
}

/** What every product has; of a table's own columns all are offered. */
const OF_PRODUCT = new Set(["id", "title", "name", "brand", "category", "description", "availability", "price", "old_price", "discount", "link"]);
