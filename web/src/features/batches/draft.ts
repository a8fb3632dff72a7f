import { EMPTY, type BatchWish } from "./wish";

const PLACE = "edit-factory.batch";

/** The form as it was left in this tab; null where it was not begun. */
export function kept(): BatchWish | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    return typeof stored === "object" && stored !== null ? { ...EMPTY, ...stored } : null;
  } catch {
    return null; // unreadable or not allowed: an empty form is right
  }
}

export function keep(wish: BatchWish | null): void {
  try {
    if (wish) sessionStorage.setItem(PLACE, JSON.stringify(wish));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // no room or not allowed: the form works, it is only not kept
  }
}
