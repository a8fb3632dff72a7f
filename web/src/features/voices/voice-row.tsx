import { Badge } from "@/components/ui/badge";
import { SampleButton } from "@/components/voices/sample-button";
import type { VoiceOption } from "@/lib/api/types";

interface RowProps {
  readonly voice: VoiceOption;
  /** In which language to hear it; null: its own. */
  readonly language: string | null;
  readonly names: ReadonlyMap<string, string>;
  readonly usual: boolean;
}

const SOUND = { neural: "Natural", robotic: "Robotic", studio: "Studio" } as const;

/** One voice, and what it sounds like. */
export function VoiceRow({ voice, language, names, usual }: RowProps) {
  const tongue = names.get(voice.language) ?? voice.language;
  return (
    <li className="flex items-center gap-3 rounded-lg border border-line bg-surface p-3 shadow-low">
      {voice.available && <SampleButton voice={voice} language={language} />}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{voice.name}</p>
        <p className="truncate text-sm text-ink-2">{tongue}, by {voice.provider}{voice.paid ? ", costs money" : ""}</p>
        {!voice.available && <p className="text-sm text-warn">{voice.reason ?? "Not to be had here."}</p>}
      </div>
      {usual && <Badge tone="accent">Usual</Badge>}
      <Badge tone={voice.quality === "robotic" ? "plain" : "good"}>{SOUND[voice.quality]}</Badge>
    </li>
  );
}
