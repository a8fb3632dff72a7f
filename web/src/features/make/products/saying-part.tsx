import { MergeText } from "@/components/making/merge-text";
import type { Typed } from "@/components/making/parts";
import { Wrong } from "@/components/making/wrong";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { count, span } from "@/lib/format";
import { seconds } from "../brief";
import { factsOf, filled, MERGE_FIELDS } from "../merging";
import type { ToldProps } from "../parts";
import { MOST, shownOf } from "../products";
import { TitleField } from "../title-field";

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
  const [first] = shownOf(wish);
  const length = Math.round(seconds(wish));
  return (
    <div className="flex flex-col gap-2">
      <MergeText
        label="Script"
        error={told.script}
        hint="Said of each product in turn, with its own facts in place of the fields."
        aside={`${count(pitch.length)} of ${count(options.limits.script_chars)} characters`}
        value={pitch}
        onChange={(text) => { set({ pitch: text }); }}
        fields={MERGE_FIELDS}
      />
      {first && pitch.trim() && (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm break-words text-ink-2">
          “{filled(pitch, factsOf(first, wish.language))}”{length > 0 && <span className="figures block pt-1 text-xs text-ink-3">spoken in about {span(length)} in all</span>}
        </p>
      )}
    </div>
  );
}
