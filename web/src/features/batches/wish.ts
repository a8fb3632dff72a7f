import { LOOK, type CardLook, type TemplateName } from "@/components/making/looks";
import type { Making } from "@/components/making/parts";
import type { ThisFile } from "@/components/uploads/chosen-file";
import { fieldName, type Fault } from "@/lib/faults";

export type Which = "changed" | "all" | "ids";

/** All that the form of a batch holds. */
export interface BatchWish extends Making {
  /** The rows: products of a feed, or a table. */
  readonly from: "feed" | "table";
  readonly feed: string | null;
  readonly which: Which;
  readonly ids: readonly string[];
  readonly table: ThisFile | null;
  /** What a row becomes. Rows of a feed are products always. */
  readonly kind: "product" | "script";
  readonly title: string;
  readonly template: TemplateName;
  readonly look: CardLook;
  /** Said of each product; null: written for the user. */
  readonly pitch: string | null;
  readonly call: string;
  readonly script: string;
  readonly footage: readonly string[];
}

export const EMPTY: BatchWish = {
  from: "feed", feed: null, which: "changed", ids: [], table: null, kind: "product", title: "", template: "spotlight", look: LOOK, pitch: null, call: "",
  script: "", footage: [], voice: null, language: "en", presets: [], draft: false, subtitles: {}, music: null,
};

export const kindOf = (wish: Pick<BatchWish, "from" | "kind">): BatchWish["kind"] => (wish.from === "feed" ? "product" : wish.kind);

type Rows = { readonly feed: string; readonly which: Which; readonly ids?: readonly string[] } | { readonly table: string };

export interface Asked {
  readonly template: Readonly<Record<string, unknown>>;
  readonly rows: Rows;
}

/** Where the rows come from; null until it was chosen. */
export function rowsOf({ from, feed, which, ids, table }: BatchWish): Rows | null {
  if (from === "table") return table && { table: table.id };
  if (feed === null || (which === "ids" && ids.length === 0)) return null;
  return { feed, which, ...(which === "ids" && { ids }) };
}

/** The brief that every row fills. What has a default and was not touched is left out. */
export function templateOf(wish: BatchWish): Asked["template"] {
  const common = {
    quality: wish.draft ? "draft" : "final",
    language: wish.language,
    ...(wish.presets.length > 0 && { presets: wish.presets }),
    ...(wish.voice && { voice: wish.voice }),
    ...(wish.music && { music: { asset: wish.music } }),
    ...(Object.keys(wish.subtitles).length > 0 && { subtitles: wish.subtitles }),
  };
  if (kindOf(wish) === "script") return { kind: "script", ...common, footage: wish.footage, script: wish.script.trim() };
  const { template, look, pitch, call } = wish;
  return { kind: "product", ...common, template, look, ...(pitch?.trim() && { script: pitch.trim() }), ...(call.trim() && { call: call.trim() }) };
}

export function askedOf(wish: BatchWish): Asked | null {
  const rows = rowsOf(wish);
  return rows && { template: templateOf(wish), rows };
}

/** Asks for the fields that rows can fill, whatever the form says so far. */
export function probeOf(wish: BatchWish): Asked | null {
  const rows = rowsOf(wish);
  const script = { kind: "script", script: "x", footage: ["00000000-0000-4000-8000-000000000000"] };
  return rows && { template: kindOf(wish) === "script" ? script : { kind: "product" }, rows };
}

export type Told = Readonly<Record<string, string>>;

/** What is still missing before anything can be made, by its place in the form, in words. */
export function missing(wish: BatchWish): Told {
  const script = kindOf(wish) === "script";
  return {
    ...(wish.from === "feed" && wish.feed === null && { rows: "Choose a feed." }),
    ...(wish.from === "feed" && wish.feed !== null && wish.which === "ids" && wish.ids.length === 0 && { rows: "Choose products in the feed first." }),
    ...(wish.from === "table" && !wish.table && { rows: "Drop a table, or choose one." }),
    ...(script && !/[\p{L}\p{N}]/u.test(wish.script) && { script: "Write what shall be said." }),
    ...(script && wish.footage.length === 0 && { footage: "Choose at least one clip, or add one." }),
    ...(!script && wish.pitch !== null && !/[\p{L}\p{N}]/u.test(wish.pitch) && { script: "Write what shall be said, or have it written for you." }),
  };
}

/** Whether there is enough for rows to be looked at. */
export const canLook = (wish: BatchWish): boolean => Object.keys(missing(wish)).length === 0;

/** What the gateway says of this form, by the place it is shown at, and whether that is all it says. */
export function refused(fault: Fault | null): { readonly told: Told; readonly all: boolean } {
  const told: Record<string, string> = {};
  let all = fault !== null && fault.fields.length > 0;
  for (const { pointer, message } of fault?.fields ?? []) {
    const place = /^(?:template\.(script|call|footage|look)|(rows|title))(?:\.|$)/.exec(fieldName(pointer));
    const field = place?.[1] ?? place?.[2];
    if (field === undefined) all = false;
    else told[field] ??= message;
  }
  return { told, all };
}

/** "Make 37 videos"; without a number where nobody knows it before the rows are read. */
export function pressOf(videos: number | null): string {
  if (videos === null) return "Make a video of each row";
  return videos === 1 ? "Make 1 video" : `Make ${new Intl.NumberFormat("en").format(videos)} videos`;
}
