import { LoaderCircle, Play, Square } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import type { VoiceOption } from "@/lib/api/types";
import { player } from "./player";

interface SampleProps {
  readonly voice: VoiceOption;
  readonly language?: string | null;
}

/** Plays a spoken sentence; pressed again, stops it. One voice speaks at a time. */
export function SampleButton({ voice, language = null }: SampleProps) {
  const { url, state } = useSyncExternalStore(player.subscribe, player.state);
  if (voice.sample_url === null) return null;
  const own = language && voice.languages.includes(language) ? `${voice.sample_url}?language=${encodeURIComponent(language)}` : voice.sample_url;
  const playing = url === own && state !== "still";
  return (
    <Button size="icon" look="plain" aria-label={`${playing ? "Stop" : "Hear"} ${voice.name}`} onClick={() => { player.toggle(own); }}>
      {!playing ? <Play aria-hidden /> : state === "loading" ? <LoaderCircle aria-hidden className="animate-spin" /> : <Square aria-hidden />}
    </Button>
  );
}
