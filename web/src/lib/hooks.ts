import { useEffect, useState, useSyncExternalStore } from "react";

const PRODUCT = "Edit Factory";

/** What the browser's tab says while a page is shown. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${PRODUCT}` : PRODUCT;
  }, [title]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => { document.removeEventListener("visibilitychange", listener); };
}

/** Whether anybody can see this page now. */
export const useVisible = (): boolean => useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");

/** A media query, such as `(min-width: 48rem)`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => { media.removeEventListener("change", listener); };
    },
    () => matchMedia(query).matches,
  );
}

/** A value once it has stood still for so many milliseconds. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(value); }, ms);
    return () => { clearTimeout(timer); };
  }, [value, ms]);
  return settled;
}

/** Seconds until a moment (milliseconds since 1970), counted down once a second; 0 when it has come or there is none. */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  const over = until === null || now >= until;
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(() => { setNow(Date.now()); }, 1000);
    return () => { clearInterval(timer); };
  }, [over]);
  return over ? 0 : Math.ceil((until - now) / 1000);
}
