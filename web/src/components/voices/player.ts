import { toast } from "@/components/ui/toast";

type State = "still" | "loading" | "playing";

const listeners = new Set<() => void>();
let now: { readonly url: string | null; readonly state: State } = { url: null, state: "still" };
let audio: HTMLAudioElement | null = null;

function become(url: string | null, state: State): void {
  now = { url, state };
  for (const listener of listeners) listener();
}

/** The one voice that may be heard at a time. */
export const player = {
  state: () => now,

  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  },

  toggle: (url: string) => {
    const stops = now.url === url && now.state !== "still";
    audio?.pause();
    audio = null;
    if (stops) {
      become(null, "still");
      return;
    }
    const own = new Audio(url);
    audio = own;
    become(url, "loading");
    own.onplaying = () => { if (audio === own) become(url, "playing"); };
    own.onended = () => { if (audio === own) become(null, "still"); };
    own.play().catch(() => {
      if (audio !== own) return;
      become(null, "still");
      toast("The sample could not be played", { detail: "Try again in a moment.", tone: "bad" });
    });
  },
};
