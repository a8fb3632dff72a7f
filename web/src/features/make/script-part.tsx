import type { Typed } from "@/components/making/parts";
import { Field, Input, TextArea } from "@/components/ui/field";
import { Slider } from "@/components/ui/slider";
import { count, plural, span, spokenSeconds, words } from "@/lib/format";
import type { PartProps, ToldProps } from "./parts";
import { TitleField } from "./title-field";

/** What is said. */
export function ScriptPart({ wish, set, options, told }: ToldProps) {
  const most = options.limits.script_chars;
  return (
    <>
      <Field label="Script" error={told.script} hint="One idea a sentence: each sentence gets its own picture." aside={`${count(wish.script.length)} of ${count(most)} characters`}>
        <TextArea rows={8} value={wish.script} onChange={(event) => { set({ script: event.target.value }); }} placeholder="We found the quietest beach of the whole coast. Nobody else was awake." />
      </Field>
      {words(wish.script) > 0 && (
        <p className="figures -mt-2 text-sm text-ink-2">
          {plural(words(wish.script), "word")}, spoken in about {span(spokenSeconds(wish.script, wish.language))}
        </p>
      )}
      <TitleField wish={wish} set={set} options={options} />
    </>
  );
}

/** What footage that speaks for itself is about. */
export function FootagePart({ wish, set, options }: PartProps) {
  const { limits } = options;
  return (
    <>
      <Field label="What it is about" hint="Helps to find the best moments. May stay empty.">
        <Input value={wish.context} maxLength={limits.context_chars} onChange={(event: Typed) => { set({ context: event.target.value }); }} />
      </Field>
      <Slider label="Length" min={limits.length_min_s} max={limits.length_max_s} value={wish.length_s} format={(value) => `${String(value)} s`} onChange={(length_s) => { set({ length_s }); }} />
      <TitleField wish={wish} set={set} options={options} />
    </>
  );
}
