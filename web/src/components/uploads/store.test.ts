import { expect, it } from "vitest";
import { detailOf, refusal } from "./store";

it("refuses before anything is sent", () => {
  expect(refusal({ size: 0 }, null)).toMatch(/empty/);
  expect(refusal({ size: 11 * 1_048_576 }, 10 * 1_048_576)).toMatch(/at most 10 MB/);
  expect(refusal({ size: 10 * 1_048_576 }, 10 * 1_048_576)).toBeNull();
  expect(refusal({ size: 1 }, null)).toBeNull();
});

it("tells why in the gateway's words, and never shows a page of a proxy", () => {
  expect(detailOf(JSON.stringify({ detail: "The disk is full." }))).toBe("The disk is full.");
  expect(detailOf("<html>413</html>")).toBe("The file was not taken.");
  expect(detailOf("null")).toBe("The file was not taken.");
});
