const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A media length: `0:07`, `1:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(whole / MINUTE);
  if (whole < HOUR) return `${minutes}:${two(whole % MINUTE)}`;
  return `${Math.floor(whole / HOUR)}:${two(minutes % 60)}:${two(whole % MINUTE)}`;
}

/** A position within media to the tenth: `0:07.3`. */
export function position(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** A span as words: `8 s`, `2 min`, `1 h 20 min`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  const minutes = Math.round(whole / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

/** What is left, as an estimate is best said: `a few seconds left`, `about 2 min left`. */
export function left(seconds: number): string {
  if (seconds < 5) return "a few seconds left";
  if (seconds < 50) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  return `about ${span(Math.ceil(seconds / MINUTE) * MINUTE)} left`;
}

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `just now`, `5 minutes ago`, `yesterday`; a date once that is a week. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const past = Math.abs(seconds);
  if (past < 45) return "just now";
  if (past < 50 * MINUTE) return RELATIVE.format(Math.round(seconds / MINUTE), "minute");
  if (past < 22 * HOUR) return RELATIVE.format(Math.round(seconds / HOUR), "hour");
  if (past < 7 * DAY) return RELATIVE.format(Math.round(seconds / DAY), "day");
  return day(iso, now);
}

/** `4 Mar`, with the year where it is another one. */
export function day(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year }).format(date);
}

/** Date and time in full, for a tooltip. */
export const moment = (iso: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
