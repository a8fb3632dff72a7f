import { expect, it } from "vitest";
import { pace, sampled, type Sample } from "./pace";

const run = (...points: readonly (readonly [number, number])[]) =>
  points.reduce<readonly Sample[]>((samples, [at, sent]) => sampled(samples, { at, sent }), []);

it("tells nothing before half a second has gone", () => {
  expect(pace(run([0, 0]))).toBeNull();
  expect(pace(run([0, 0], [400, 1_000]))).toBeNull();
});

it("tells bytes a second of the last seconds only", () => {
  expect(pace(run([0, 0], [1_000, 500]))).toBe(500);
  expect(pace(run([0, 0], [10_000, 1_000], [11_000, 3_000]))).toBe(2_000);
});

it("begins again where an upload went back to what the gateway has", () => {
  expect(pace(run([0, 9_000], [1_000, 4_000], [2_000, 5_000]))).toBe(1_000);
});
