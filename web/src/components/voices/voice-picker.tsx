import { useQuery } from "@tanstack/react-query";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { FaultPanel } from "@/components/fault-panel";
import { voicesQuery } from "@/lib/options";
import type { ScriptBrief, VoiceOption } from "@/lib/api/types";
import { SampleButton } from "./sample-button";

export interface VoiceChoice {
  readonly provider: ScriptBrief["voice"]["provider"];
  readonly name: string;
}

export interface VoicePickerProps {
  /** Null: the voice that fits the language best. */
  readonly value: VoiceChoice | null;
  readonly onChange: (voice: VoiceChoice | null) => void;
  /** ISO 639-1; null: all languages. */
  readonly language?: string | null;
}

const AUTO = "auto";

/** Who speaks, with a button to hear them. */
export function VoicePicker({ value, onChange, language = null }: VoicePickerProps) {
  const voices = useQuery(voicesQuery);
  if (voices.isPending) return <Skeleton className="h-9" />;
  if (voices.isError) return <FaultPanel error={voices.error} onRetry={() => void voices.refetch()} />;
  const fitting = voices.data.items.filter((voice) => language === null || voice.languages.includes(language) || voice.language === language);
  const chosen = fitting.find((voice) => voice.id === value?.name) ?? null;
  const options = [
    { value: AUTO, label: "Automatic", hint: "the best voice of the language" },
    ...fitting.map((voice) => ({ value: voice.id, label: voice.name, hint: voiceWords(voice), disabled: !voice.available })),
  ];
  const choose = (id: string) => {
    const voice = fitting.find((one) => one.id === id);
    onChange(voice ? { provider: voice.provider as VoiceChoice["provider"], name: voice.id } : null);
  };
  return (
    <div className="flex items-center gap-2">
      <Select label="Voice" options={options} value={chosen?.id ?? AUTO} onChange={choose} className="min-w-0 flex-1" />
      {chosen && <SampleButton voice={chosen} language={language} />}
    </div>
  );
}

/** "English, natural; free". */
export function voiceWords(voice: VoiceOption): string {
  if (!voice.available) return voice.reason ?? "not to be had here";
  const sound = { neural: "natural", robotic: "robotic", studio: "studio" }[voice.quality];
  return `${sound}${voice.paid ? ", costs money" : ", free"}`;
}
