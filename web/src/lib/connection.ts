import { useSyncExternalStore } from "react";

/**
 * Whether the gateway answers. Told by each request's outcome; while it does not answer, asked every few seconds, so
 * that the page heals by itself.
 */
export type Connection = "ok" | "lost";

const LIVE = "/health/live";
const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;
const ANSWER_MS = 5_000;

type Listener = () => void;

export class ConnectionWatch {
  #state: Connection = "ok";
  #listeners = new Set<Listener>();
  #healed = new Set<Listener>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ask: () => Promise<boolean>;

  constructor(ask: () => Promise<boolean>) {
    this.#ask = ask;
  }

  get state(): Connection {
    return this.#state;
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back each time the gateway answers again after it did not. */
  onHealed(listener: Listener): () => void {
    this.#healed.add(listener);
    return () => this.#healed.delete(listener);
  }

  answered(): void {
    clearTimeout(this.#timer);
    if (this.#set("ok")) this.#healed.forEach((listener) => { listener(); });
  }

  failed(): void {
    if (this.#set("lost")) this.#askAfter(FIRST_MS);
  }

  /** Asks at once, for those who do not want to wait. */
  async askNow(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#round(FIRST_MS);
  }

  #askAfter(ms: number): void {
    this.#timer = setTimeout(() => void this.#round(Math.min(ms * 2, LONGEST_MS)), ms * (0.75 + Math.random() / 2));
  }

  async #round(nextMs: number): Promise<void> {
    if (await this.#ask()) this.answered();
    else if (this.#state === "lost") this.#askAfter(nextMs);
  }

  #set(state: Connection): boolean {
    if (state === this.#state) return false;
    this.#state = state;
    this.#listeners.forEach((listener) => { listener(); });
    return true;
  }
}

async function isLive(): Promise<boolean> {
  try {
    return (await fetch(LIVE, { signal: AbortSignal.timeout(ANSWER_MS), cache: "no-store" })).ok;
  } catch {
    return false; // what failed is what is asked here
  }
}

export const connection = new ConnectionWatch(isLive);

export const useConnection = (): Connection => useSyncExternalStore(connection.subscribe, () => connection.state);
