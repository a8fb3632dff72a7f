import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/app/tokens.css", "utf-8");
const blocks = [...css.matchAll(/:root[^{]*\{([^{}]*)\}/g)].map((found) => found[1]!);
const colours = (block: string) => Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
const [light, dark, bySystem] = blocks.map(colours);

function luminance(hex: string): number {
  const part = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["bg", "surface", "raised", "sunken"];
const PAIRS: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "accent-text", "good", "warn", "bad"].flatMap((text) => GROUNDS.map((ground) => [text, ground] as [string, string])),
  ...["good", "warn", "bad", "ink", "ink-2"].flatMap((text) => ["good-soft", "warn-soft", "bad-soft"].map((ground) => [text, ground] as [string, string])),
  ["accent-text", "accent-soft"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["bad-ink", "bad"],
];

describe.each([["light", light!], ["dark", dark!]])("the %s theme", (_, theme) => {
  it.each(PAIRS)("%s can be read on %s", (text, ground) => {
    expect(contrast(theme[text]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
});

it("is as dark by the system's wish as by a person's", () => {
  expect(bySystem).toEqual(dark);
  expect(Object.keys(dark!)).toEqual(Object.keys(light!));
});
