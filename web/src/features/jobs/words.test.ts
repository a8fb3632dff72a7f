import { expect, it } from "vitest";
import type { Step, Video } from "@/lib/api/types";
import { now, ordinal } from "./words";

const step = (part: Partial<Step>): Step => ({ began_at: null, eta_s: null, fault: null, finished_at: null, queue_place: null, reused: false, share: 0, started_at: null, state: "waiting", step: "script", ...part });
const video = (state: Video["state"], steps: Step[], eta_s: number | null = null) => ({ state, steps, eta_s }) as Video;

it("counts places as people do", () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]);
});

it("tells what goes on and how long it will take", () => {
  const steps = [step({ state: "done" }), step({ step: "render", state: "running", share: 0.62 })];
  expect(now(video("running", steps, 40))).toMatch(/^Rendering 62 ?%, /);
  expect(now(video("queued", [step({ queue_place: 3 })]))).toBe("Script: 3rd in the queue");
  expect(now(video("failed", steps))).toBe("Failed");
});
