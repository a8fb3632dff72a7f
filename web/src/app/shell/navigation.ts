import { Activity, AudioLines, Clapperboard, Film, Layers, ListVideo, Settings, ShoppingBag, Sparkles, type LucideIcon } from "lucide-react";

interface Place {
  readonly to: "/make" | "/jobs" | "/library" | "/footage" | "/feeds" | "/batches" | "/voices" | "/settings" | "/pipeline";
  readonly label: string;
  readonly icon: LucideIcon;
}

/** The places of the page, in the order of the work. The first four stand in a phone's bar. */
export const PLACES: readonly Place[] = [
  { to: "/make", label: "Make", icon: Sparkles },
  { to: "/jobs", label: "Jobs", icon: ListVideo },
  { to: "/library", label: "Library", icon: Film },
  { to: "/footage", label: "Footage", icon: Clapperboard },
  { to: "/feeds", label: "Feeds", icon: ShoppingBag },
  { to: "/batches", label: "Batches", icon: Layers },
  { to: "/voices", label: "Voices", icon: AudioLines },
  { to: "/settings", label: "Settings", icon: Settings },
  { to: "/pipeline", label: "Health", icon: Activity },
];
export const IN_BAR = 4;
/** How many stand in the header of a window that has no room for all; the others are behind a menu. */
export const IN_HEADER = 6;
