import { useState } from "react";

/** Where one is in a list that is shown a page at a time. */
export interface Paging {
  /** Where the page begins; null: at the list's beginning. */
  readonly cursor: string | null;
  /** 0 for the first page. */
  readonly number: number;
  readonly forward: (cursor: string) => void;
  readonly back: () => void;
}

/** Turns the pages of a list. `of` names the list: another one begins at its first page. */
export function usePaging(of: string): Paging {
  const [trail, setTrail] = useState<{ readonly of: string; readonly cursors: readonly string[] }>({ of, cursors: [] });
  const cursors = trail.of === of ? trail.cursors : [];
  return {
    cursor: cursors.at(-1) ?? null,
    number: cursors.length,
    forward: (cursor) => { setTrail({ of, cursors: [...cursors, cursor] }); },
    back: () => { setTrail({ of, cursors: cursors.slice(0, -1) }); },
  };
}
