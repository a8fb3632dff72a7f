import { expect, it } from "vitest";
import type { PipelineHealth } from "@/lib/api/types";
import { verdict } from "./verdict";

const health = (part: object) => ({ status: "ok", words: [], inboxes: [{ waiting: 0, in_work: 0 }], jobs_stuck: 0, dead_letters: { open: 0, more: false }, ...part }) as unknown as PipelineHealth;

it("says in one sentence how things stand, the worst first", () => {
  expect(verdict(health({}))).toEqual({ tone: "good", words: "All is well: 1 inbox, nothing waits." });
  expect(verdict(health({ inboxes: [{ waiting: 3, in_work: 2 }] })).words).toBe("All is well: 2 in work, 3 waiting.");
  expect(verdict(health({ dead_letters: { open: 1, more: false } }))).toMatchObject({ tone: "warn" });
  expect(verdict(health({ status: "degraded", words: ["No worker for render."], dead_letters: { open: 1, more: false } }))).toEqual({ tone: "bad", words: "No worker for render." });
});
