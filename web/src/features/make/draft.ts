import { EMPTY, type Wish } from "./brief";

const PLACE = "edit-factory.make";

/** The form as it was left in this tab: a reload loses nothing. */
export function kept(): Wish {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    return typeof stored === "object" && stored !== null ? { ...EMPTY, ...stored } : EMPTY;
  } catch {
    return EMPTY; // unreadable or not allowed: an empty form is right
  }
}

export function keep(wish: Wish | null): void {
  try {
    if (wish) sessionStorage.setItem(PLACE, JSON.stringify(wish));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // no room or not allowed: the form works, it is only not kept
  }
}
