import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const KEY = "theme"; // read by app/theme-first.js before the first paint
const listeners = new Set<() => void>();
let chosen: Theme = stored();

function stored(): Theme {
  const set = document.documentElement.dataset.theme;
  return set === "dark" || set === "light" ? set : "system";
}

export function setTheme(theme: Theme): void {
  chosen = theme;
  document.documentElement.dataset.theme = theme === "system" ? "" : theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch (closed) {
    console.warn("The theme holds until this page is closed: its storage can't be written.", closed);
  }
  listeners.forEach((listener) => { listener(); });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => chosen);
