const PLACE = "edit-factory.picked.";

/** The products that were chosen of a feed, from one page to the next, in this tab. */
export function pickedOf(feed: string): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PLACE + feed) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return []; // unreadable or not allowed: nothing is chosen
  }
}

export function pick(feed: string, ids: readonly string[]): void {
  try {
    if (ids.length > 0) sessionStorage.setItem(PLACE + feed, JSON.stringify(ids));
    else sessionStorage.removeItem(PLACE + feed);
  } catch {
    // no room or not allowed: what is chosen holds for this page only
  }
}
