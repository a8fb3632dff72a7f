import { VoicePicker } from "@/components/voices/voice-picker";
import { Select } from "@/components/ui/select";
import { Field } from "@/components/ui/field";
import type { Making, MakingProps } from "./parts";

/** In which language, and who. */
export function Speaker({ wish, set, options }: MakingProps<Pick<Making, "language" | "voice">>) {
  const languages = options.languages.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label="Language">
        <Select label="Language" options={languages} value={wish.language} onChange={(language) => { set({ language, voice: null }); }} />
      </Field>
      <Field label="Who speaks">
        <VoicePicker value={wish.voice} onChange={(voice) => { set({ voice }); }} language={wish.language} />
      </Field>
    </div>
  );
}
