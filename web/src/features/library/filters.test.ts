import { expect, it } from "vitest";
import { narrowed } from "./video-filters";

it("keeps of a filter only what is set, so that addresses stay short", () => {
  expect(narrowed({ q: "sea", sort: "name" }, { q: null })).toEqual({ sort: "name" });
  expect(narrowed({}, { deleted: true, q: "" })).toEqual({ deleted: true });
});
