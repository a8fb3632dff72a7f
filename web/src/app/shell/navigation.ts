import { Activity, AudioLines, Clapperboard, Film, ListVideo, Settings, Sparkles, type LucideIcon } from "lucide-react";

interface Place {
  readonly to: "/make" | "/jobs" | "/library" | "/footage" | "/voices" | "/settings" | "/pipeline";
  readonly label: string;
  readonly icon: LucideIcon;
}

/** The places of the page, in the order of the work. The first four stand in a phone's bar. */
export const PLACES: readonly Place[] = [
  { to: "/make", label: "Make", icon: Sparkles },
  { to: "/jobs", label: "Jobs", icon: ListVideo },
  { to: "/library", label: "Library", icon: Film },
  { to: "/footage", label: "Footage", icon: Clapperboard },
  { to: "/voices", label: "Voices", icon: AudioLines },
  { to: "/settings", label: "Settings", icon: Settings },
  { to: "/pipeline", label: "Health", icon: Activity },
];
export const IN_BAR = 4;
