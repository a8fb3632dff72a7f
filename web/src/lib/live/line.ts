import { Fault, faultOf } from "@/lib/faults";
import { connection } from "@/lib/connection";
import { listen, type Heard } from "./stream";

/** How news come: not asked for; on the way; as they happen; by asking again and again; not while nobody looks. */
export type LiveState = "off" | "connecting" | "live" | "polling" | "paused";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** After so many failures in a row news are asked for instead, while the stream is still tried now and then. */
const FAILURES = 3;

export interface LineParts {
  readonly url: string;
  readonly listen: typeof listen;
  readonly onEvent: (heard: Heard) => void;
  /** What was missed meanwhile is not told by the stream: all that is shown must be read anew. */
  readonly onGap: () => void;
}

/** The one line over which this page hears what happens. Open while anybody wants it and anybody looks. */
export class LiveLine {
  state: LiveState = "off";
  #users = 0;
  #visible = true;
  #lastId: string | null = null;
  #stop: AbortController | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #parts: LineParts;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Wants news until the returned function is called. */
  use(): () => void {
    this.#users += 1;
    this.#turn();
    return () => {
      this.#users -= 1;
      this.#turn();
    };
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#turn();
  }

  #turn(): void {
    const wanted = this.#users > 0 && this.#visible;
    if (wanted && !this.#stop) {
      this.#stop = new AbortController();
      void this.#run(this.#stop.signal);
    } else if (!wanted) {
      this.#stop?.abort();
      this.#stop = undefined;
      this.#set(this.#users > 0 ? "paused" : "off");
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    if (this.state !== "polling") this.#set("connecting");
    const goesOn = () => !signal.aborted; // a function: it changes while something else is awaited
    while (goesOn()) {
      const fault = await this.#once(signal, () => { failures = 0; });
      if (!goesOn()) return;
      failures += 1;
      if (failures >= FAILURES || fault?.status === 404) this.#set("polling");
      else if (failures > 1) this.#set("connecting");
      await wait(delay(failures, fault), signal);
    }
  }

  /** One connection; tells the fault that ended it, null where the server closed it as it does from time to time. */
  async #once(signal: AbortSignal, onOpen: () => void): Promise<Fault | null> {
    try {
      await this.#parts.listen(this.#parts.url, this.#lastId, signal, {
        onOpen: () => {
          onOpen();
          connection.answered();
          if (this.#lastId === null) this.#parts.onGap();
          this.#set("live");
        },
        onEvent: (heard, id) => {
          if (id) this.#lastId = id;
          if (heard.kind !== "open") this.#parts.onEvent(heard);
          else if ((heard.data as { reset?: boolean }).reset) this.#parts.onGap();
        },
      });
      return null;
    } catch (thrown) {
      return faultOf(thrown);
    }
  }

  #set(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.#listeners.forEach((listener) => { listener(); });
  }
}

function delay(failures: number, fault: Fault | null): number {
  const least = (fault?.retryAfterS ?? 0) * 1000;
  const growing = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return Math.max(least, growing) * (0.75 + Math.random() / 2);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
