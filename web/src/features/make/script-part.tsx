import { Field, Input, TextArea } from "@/components/ui/field";
import { Slider } from "@/components/ui/slider";
import { Tabs } from "@/components/ui/tabs";
import { count, plural, span, spokenSeconds, words } from "@/lib/format";
import type { Way } from "./brief";
import type { PartProps } from "./parts";

/** What is said, or what footage that speaks for itself is about. */
export function ScriptPart({ wish, set, options, fault }: PartProps & { readonly fault: string | undefined }) {
  const { limits } = options;
  const script = (
    <Field label="Script" error={fault} hint="One idea a sentence: each sentence gets its own picture." aside={`${count(wish.script.length)} of ${count(limits.script_chars)} characters`}>
      <TextArea rows={8} value={wish.script} onChange={(event) => { set({ script: event.target.value }); }} placeholder="We found the quietest beach of the whole coast. Nobody else was awake." />
    </Field>
  );
  const spoken = words(wish.script) > 0 && (
    <p className="figures -mt-2 text-sm text-ink-2">
      {plural(words(wish.script), "word")}, spoken in about {span(spokenSeconds(wish.script, wish.language))}
    </p>
  );
  const footage = (
    <div className="flex flex-col gap-4">
      <Field label="What it is about" hint="Helps to find the best moments. May stay empty.">
        <Input value={wish.context} maxLength={limits.context_chars} onChange={(event: { target: { value: string } }) => { set({ context: event.target.value }); }} />
      </Field>
      <Slider label="Length" min={limits.length_min_s} max={limits.length_max_s} value={wish.length_s} format={(value) => `${String(value)} s`} onChange={(length_s) => { set({ length_s }); }} />
    </div>
  );
  return (
    <>
      <Tabs<Way>
        label="What you begin with"
        value={wish.way}
        onChange={(way) => { set({ way }); }}
        tabs={[
          { value: "script", label: "A script", content: <div className="flex flex-col gap-4">{script}{spoken}</div> },
          { value: "footage", label: "Only footage", content: footage },
        ]}
      />
      <Field label="Title" hint="To find it again. Otherwise it is named after its first words.">
        <Input value={wish.title} maxLength={limits.title_chars} onChange={(event: { target: { value: string } }) => { set({ title: event.target.value }); }} />
      </Field>
    </>
  );
}
