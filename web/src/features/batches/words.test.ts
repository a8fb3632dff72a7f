import { expect, it } from "vitest";
import { standing, titleOf, verdict } from "./words";

const NONE = { waiting: 0, refused: 0, queued: 0, running: 0, waiting_for_review: 0, completed: 0, failed: 0, cancelled: 0 };

it("says how far a batch is, and what went wrong in it", () => {
  expect(standing({ state: "preparing", rows: 0, counts: NONE, share: 0, eta_s: null })).toBe("Reading the rows");
  const counts = { ...NONE, completed: 312, failed: 2, refused: 1, waiting: 685 };
  expect(standing({ state: "running", rows: 1000, counts, share: 0.315, eta_s: 7200 })).toBe("312 of 1,000 videos, 32%, 2 failed, 1 refused, about 2 h left");
  expect(standing({ state: "completed", rows: 3, counts: { ...NONE, completed: 2, refused: 1 }, share: 1, eta_s: null })).toBe("2 of 3 videos, 1 refused");
  expect(standing({ state: "completed", rows: 1, counts: { ...NONE, completed: 1 }, share: 1, eta_s: null })).toBe("1 video");
});

it("does not call well done what went wrong", () => {
  const of = (rows: number, counts: Partial<typeof NONE>) => verdict({ state: "completed", rows, counts: { ...NONE, ...counts } }).word;
  expect(of(3, { completed: 3 })).toBe("Done");
  expect(of(3, { completed: 2, refused: 1 })).toBe("Done, but not all");
  expect(of(1, { failed: 1 })).toBe("Nothing made");
  expect(of(0, {})).toBe("Nothing to make");
  expect(verdict({ state: "running", rows: 3, counts: { ...NONE, failed: 1 } }).word).toBe("Being made");
});

it("has a name for what nobody named", () => {
  expect(titleOf({ title: "", created_at: "2026-03-04T10:00:00Z" })).toMatch(/^Batch of 4 Mar/);
  expect(titleOf({ title: "Spring", created_at: "2026-03-04T10:00:00Z" })).toBe("Spring");
});
