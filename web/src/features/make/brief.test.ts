import { expect, it } from "vitest";
import { Fault } from "@/lib/faults";
import { briefOf, EMPTY, missing, refused, summary } from "./brief";

const LIMITS = { script_chars: 20 };

it("sends a script as it was typed, and leaves out what was not touched", () => {
  const brief = briefOf({ ...EMPTY, script: " a < b > c <img onerror=x> ", footage: ["one"] });
  expect(brief).toEqual({ kind: "script", script: "a < b > c <img onerror=x>", footage: ["one"], variants: 1, quality: "final", language: "en" });
});

it("sends no script and no voice where footage speaks for itself", () => {
  const voice = { provider: "piper" as const, name: "amy" };
  const brief = briefOf({ ...EMPTY, way: "footage", script: "left over", context: "a race", length_s: 20, footage: ["one"], voice });
  expect(brief).toMatchObject({ kind: "footage", length_s: 20, context: "a race" });
  expect(brief).not.toHaveProperty("script");
  expect(brief).not.toHaveProperty("voice");
});

it("keeps what was shown over the footage, at no words where nothing is said", () => {
  const inserts = [{ asset: "mug", when: "our mug", mode: "pip" as const }];
  const wish = { ...EMPTY, script: "our mug", footage: ["one"], inserts };
  expect(briefOf(wish)).toMatchObject({ inserts });
  expect(briefOf({ ...wish, way: "footage" })).toMatchObject({ inserts: [{ asset: "mug", when: null, mode: "pip" }] });
  expect(briefOf({ ...wish, way: "footage", rest: { common: {}, footage: { script: "our mug" } } })).toMatchObject({ inserts });
  expect(briefOf({ ...wish, way: "product" })).not.toHaveProperty("inserts");
  expect(briefOf({ ...wish, inserts: [] })).not.toHaveProperty("inserts");
});

it("says what is missing before anything is sent", () => {
  expect(Object.keys(missing(EMPTY, LIMITS))).toEqual(["script", "footage"]);
  expect(missing({ ...EMPTY, script: "x".repeat(20), footage: ["one"] }, LIMITS)).toEqual({});
  expect(missing({ ...EMPTY, script: "x".repeat(21), footage: ["one"] }, LIMITS).script).toMatch(/^1 character too many/);
});

it("sums up what will be made", () => {
  expect(summary({ ...EMPTY, script: Array.from({ length: 94 }, () => "word").join(" "), variants: 3, presets: ["tiktok", "square"] })).toBe("3 videos, 2 formats each, about 38 s");
  expect(summary(EMPTY)).toBe("1 video");
});

it("puts a refusal beside the fields it is about, and says whether something is left", () => {
  const fault = (...pointers: string[]) =>
    new Fault({ code: "value_invalid", title: "", detail: "", fields: pointers.map((pointer) => ({ pointer, message: `at ${pointer}` })) });
  expect(refused(fault("/footage/0", "/footage/1", "/script"))).toEqual({ told: { footage: "at /footage/0", script: "at /script" }, all: true });
  expect(refused(fault("/footage", "/subtitles/size"))).toEqual({ told: { footage: "at /footage" }, all: false });
  expect(refused(fault("/scripture"))).toEqual({ told: {}, all: false });
  expect(refused(fault()).all).toBe(false);
  expect(refused(null)).toEqual({ told: {}, all: false });
});
