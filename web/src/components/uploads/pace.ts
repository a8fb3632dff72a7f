/** How much of a file had arrived (bytes) at a time (milliseconds). */
export interface Sample {
  readonly at: number;
  readonly sent: number;
}

const WINDOW_MS = 8_000;

/** The samples with one more, without those that are too old to say anything of now. */
export function sampled(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const fresh = samples.filter(({ at, sent }) => next.at - at <= WINDOW_MS && sent <= next.sent);
  return [...fresh, next];
}

/** Bytes a second over the window; null until it can be told. */
export function pace(samples: readonly Sample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < 500) return null;
  return ((last.sent - first.sent) / (last.at - first.at)) * 1000;
}
