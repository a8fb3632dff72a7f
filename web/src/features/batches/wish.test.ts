import { expect, it } from "vitest";
import { Fault } from "@/lib/faults";
import { askedOf, EMPTY, missing, pressOf, probeOf, refused, type BatchWish } from "./wish";

const FEED: BatchWish = { ...EMPTY, feed: "f1" };
const TABLE: BatchWish = { ...EMPTY, from: "table", table: { id: "t1", name: "rows.csv", size: 10 } };

it("asks for products of a feed, with what was chosen of them", () => {
  expect(askedOf(FEED)).toMatchObject({ rows: { feed: "f1", which: "changed" }, template: { kind: "product", template: "spotlight", quality: "final" } });
  expect(askedOf(FEED)?.template).not.toHaveProperty("script");
  expect(askedOf({ ...FEED, which: "ids", ids: ["a", "b"], pitch: " {name} ", call: "Buy" })).toMatchObject({ rows: { which: "ids", ids: ["a", "b"] }, template: { script: "{name}", call: "Buy" } });
  expect(askedOf({ ...FEED, which: "ids" })).toBeNull();
});

it("asks for a script of each row of a table", () => {
  const wish: BatchWish = { ...TABLE, kind: "script", script: "Come to {city}.", footage: ["c1"], draft: true };
  expect(askedOf(wish)).toEqual({ rows: { table: "t1" }, template: { kind: "script", quality: "draft", language: "en", footage: ["c1"], script: "Come to {city}." } });
  expect(probeOf(wish)?.template).toMatchObject({ kind: "script", script: "x" });
});

it("says what is missing before anything is sent", () => {
  expect(missing(EMPTY)).toEqual({ rows: "Choose a feed." });
  expect(missing({ ...TABLE, table: null })).toHaveProperty("rows");
  expect(Object.keys(missing({ ...TABLE, kind: "script" }))).toEqual(["script", "footage"]);
  expect(missing({ ...FEED, pitch: " … " })).toHaveProperty("script");
  expect(missing({ ...FEED, kind: "script" })).toEqual({}); // rows of a feed are products
});

it("puts what the gateway says of the template beside its field", () => {
  const fault = (...pointers: string[]) => new Fault({ code: "template_invalid", title: "", detail: "", status: 422, fields: pointers.map((pointer) => ({ pointer, message: "no" })) });
  expect(refused(fault("/template/script", "/rows/table"))).toEqual({ told: { script: "no", rows: "no" }, all: true });
  expect(refused(fault("/template/voice/name"))).toEqual({ told: {}, all: false });
  expect(refused(null)).toEqual({ told: {}, all: false });
});

it("says how many videos a press makes", () => {
  expect(pressOf(1)).toBe("Make 1 video");
  expect(pressOf(10_000)).toBe("Make 10,000 videos");
  expect(pressOf(null)).toMatch(/each row/);
});
