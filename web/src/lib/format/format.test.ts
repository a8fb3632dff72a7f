import { describe, expect, it } from "vitest";
import { ago, bytes, clock, left, percent, plural, position, span, spokenSeconds, words } from ".";

const NOW = Date.parse("2026-03-10T12:00:00Z");

describe("figures", () => {
  it.each([[0, "0 byte"], [999, "999 byte"], [1_500, "2 kB"], [1_440_000, "1.4 MB"], [1_440_000_000, "1.4 GB"]])("%d bytes", (size, said) => {
    expect(bytes(size)).toBe(said);
  });
  it.each([[0, "0%"], [0.001, "1%"], [0.42, "42%"], [0.9999, "99%"], [1, "100%"]])("a share of %d", (share, said) => {
    expect(percent(share)).toBe(said);
  });
  it("counts", () => {
    expect([plural(1, "clip"), plural(1200, "clip")]).toEqual(["1 clip", "1,200 clips"]);
  });
});

describe("times", () => {
  it.each([[7, "0:07"], [65.4, "1:05"], [3723, "1:02:03"]])("%d s on a clock", (seconds, said) => {
    expect(clock(seconds)).toBe(said);
  });
  it.each([[59.96, "1:00.0"], [7.34, "0:07.3"]])("%d s as a position", (seconds, said) => {
    expect(position(seconds)).toBe(said);
  });
  it.each([[8, "8 s"], [119, "2 min"], [4800, "1 h 20 min"], [7200, "2 h"]])("%d s in words", (seconds, said) => {
    expect(span(seconds)).toBe(said);
  });
  it.each([[2, "a few seconds left"], [12, "about 15 s left"], [61, "about 2 min left"]])("%d s left", (seconds, said) => {
    expect(left(seconds)).toBe(said);
  });
  it.each([
    ["2026-03-10T11:59:40Z", "just now"],
    ["2026-03-10T11:55:00Z", "5 minutes ago"],
    ["2026-03-09T12:00:00Z", "yesterday"],
    ["2026-01-04T12:00:00Z", "4 Jan"],
    ["2024-01-04T12:00:00Z", "4 Jan 2024"],
  ])("%s", (iso, said) => {
    expect(ago(iso, NOW)).toBe(said);
  });
});

describe("speech", () => {
  it("counts words as a person does", () => {
    expect(words("Bună dimineața — 3 lei, bine?")).toBe(5);
    expect(words("  \n ")).toBe(0);
  });
  it("is slower for longer words, and follows the speed", () => {
    const text = Array.from({ length: 150 }, () => "word").join(" ");
    expect(spokenSeconds(text, "en")).toBe(60);
    expect(spokenSeconds(text, "en-GB", 1.5)).toBe(40);
    expect(spokenSeconds(text, "fi")).toBeGreaterThan(spokenSeconds(text, "en"));
    expect(spokenSeconds("汉".repeat(42), "zh")).toBeCloseTo(10);
  });
});
