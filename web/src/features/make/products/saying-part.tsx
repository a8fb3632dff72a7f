import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, TextArea } from "@/components/ui/field";
import { count, span } from "@/lib/format";
import { seconds } from "../brief";
import { factsOf, filled, MERGE_FIELDS } from "../merging";
import type { ToldProps, Typed } from "../parts";
import { MOST, shownOf } from "../products";
import { TitleField } from "../title-field";
import { Wrong } from "../wrong";

const START = "{name}, from {brand}. Now {price}.";

/** What is said of each product: written from its facts, or in the user's words. */
export function SayingPart(part: ToldProps) {
  const { wish, set, told } = part;
  const own = wish.pitch !== null;
  return (
    <>
      <div role="group" aria-label="Who writes the words" className="flex flex-wrap gap-2">
        <Button look={own ? "plain" : "primary"} aria-pressed={!own} onClick={() => { set({ pitch: null }); }}>Written for you</Button>
        <Button look={own ? "primary" : "plain"} aria-pressed={own} onClick={() => { if (!own) set({ pitch: startOf(part) }); }}>In your words</Button>
      </div>
      {wish.pitch === null ? (
        <>
          <p className="text-sm text-ink-2">A few sentences from the facts: the name and the brand, the first sentences of the description, the price, and the call to action.</p>
          <Wrong>{told.script}</Wrong>
        </>
      ) : (
        <Pitch {...part} pitch={wish.pitch} />
      )}
      <Field label="Call to action" error={told.call} hint="On a button in the last seconds, and spoken at the end if the words are written for you." aside={`${String(wish.call.length)} of ${String(MOST.call)}`}>
        <Input value={wish.call} maxLength={MOST.call} placeholder="Order now" onChange={(event: Typed) => { set({ call: event.target.value }); }} />
      </Field>
      <TitleField {...part} />
    </>
  );
}

/** A beginning that every product has the facts for. */
function startOf({ wish }: ToldProps): string {
  const facts = shownOf(wish).map((product) => factsOf(product, wish.language));
  const has = (name: "brand" | "price") => facts.every((one) => one[name]);
  if (has("brand") && has("price")) return START;
  return has("price") ? "{name}. Now {price}." : "{name}.";
}

function Pitch({ wish, set, options, told, pitch }: ToldProps & { readonly pitch: string }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [first] = shownOf(wish);
  const insert = (field: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: pitch.length, selectionEnd: pitch.length };
    set({ pitch: `${pitch.slice(0, from)}{${field}}${pitch.slice(to)}` });
    const caret = from + field.length + 2;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  const length = Math.round(seconds(wish));
  return (
    <div className="flex flex-col gap-2">
      <Field label="Script" error={told.script} hint="Said of each product in turn, with its own facts in place of the fields." aside={`${count(pitch.length)} of ${count(options.limits.script_chars)} characters`}>
        <TextArea ref={area} rows={4} value={pitch} onChange={(event) => { set({ pitch: event.target.value }); }} />
      </Field>
      <div role="group" aria-label="Insert a field" className="flex flex-wrap items-center gap-1.5">
        <span className="mr-1 text-xs text-ink-3">Insert</span>
        {MERGE_FIELDS.map((field) => <Button key={field} size="sm" className="font-mono text-xs" onClick={() => { insert(field); }}>{`{${field}}`}</Button>)}
      </div>
      {first && pitch.trim() && (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm break-words text-ink-2">
          “{filled(pitch, factsOf(first, wish.language))}”{length > 0 && <span className="figures block pt-1 text-xs text-ink-3">spoken in about {span(length)} in all</span>}
        </p>
      )}
    </div>
  );
}
