import type { Making } from "@/components/making/parts";
import type { Job, ProductBrief, ScriptBrief, FootageBrief, Sent } from "@/lib/api/types";
import { fieldName, type Fault } from "@/lib/faults";
import { spokenSeconds, words } from "@/lib/format";
import { factsOf, filled } from "./merging";
import type { productFaults } from "./product-faults";
import { goodsOf, goodsSent, NO_GOODS, shownOf, type Goods } from "./products";
import { insertsSent, unsaid, type Insert } from "./inserts";
import { restOf, type Rest } from "./rest";

export type Way = "script" | "footage" | "product";
type Gate = "script" | "voice" | "plan";

/** All that the form holds. */
export interface Wish extends Goods, Making {
  readonly way: Way;
  readonly title: string;
  readonly script: string;
  /** What footage alone is about. */
  readonly context: string;
  readonly length_s: number;
  readonly footage: readonly string[];
  /** Shown over the footage. */
  readonly inserts: readonly Insert[];
  readonly variants: number;
  readonly review: readonly Gate[];
  readonly rest: Rest | null;
}

export const EMPTY: Wish = {
  way: "script", title: "", script: "", context: "", length_s: 30, footage: [], inserts: [], voice: null, language: "en", presets: [],
  variants: 1, draft: false, review: [], subtitles: {}, music: null, rest: null, ...NO_GOODS,
};

export type Brief = (Sent<ScriptBrief> & { kind: "script" }) | (Sent<FootageBrief> & { kind: "footage" }) | (Sent<ProductBrief> & { kind: "product" });

/** What is wrong, by the field it is shown beside: `script`, `products.0.price`. */
export type Told = Readonly<Record<string, string>>;

/** What is sent for a form. What has a default and was not touched is left out. */
export function briefOf(wish: Wish): Brief {
  const common = {
    ...wish.rest?.common,
    variants: wish.variants,
    quality: wish.draft ? ("draft" as const) : ("final" as const),
    language: wish.language,
    ...(wish.title.trim() && { title: wish.title.trim() }),
    ...(wish.presets.length > 0 && { presets: [...wish.presets] }),
    ...(wish.music && { music: { asset: wish.music } }),
    ...(Object.keys(wish.subtitles).length > 0 && { subtitles: wish.subtitles }),
    ...(wish.review.length > 0 && { review: [...wish.review] }),
  };
  const footage = [...wish.footage];
  const voice = wish.voice && { voice: wish.voice };
  if (wish.way === "footage") {
    return { kind: "footage", ...common, ...wish.rest?.footage, ...insertsSent(wish.inserts, !!wish.rest?.footage.script), footage, length_s: wish.length_s, ...(wish.context.trim() && { context: wish.context.trim() }) };
  }
  if (wish.way === "product") return { kind: "product", ...common, ...goodsSent(wish), ...voice };
  return { kind: "script", ...common, ...insertsSent(wish.inserts, true), footage, script: wish.script.trim(), ...voice };
}

/** The form that would have asked for a job. */
export function wishOf(brief: NonNullable<Job["brief"]>): Wish {
  const common = {
    ...EMPTY,
    title: brief.title,
    language: brief.language,
    presets: brief.presets,
    variants: brief.variants,
    draft: brief.quality === "draft",
    review: brief.review,
    subtitles: brief.subtitles,
    music: brief.music?.asset ?? null,
    rest: restOf(brief),
  };
  if (brief.kind === "product") return { ...common, ...goodsOf(brief), way: "product", voice: voiceOf(brief.voice) };
  const { footage, inserts } = brief;
  if (brief.kind === "footage") return { ...common, way: "footage", footage, inserts, context: brief.context, length_s: brief.length_s };
  return { ...common, way: "script", footage, inserts, script: brief.script, voice: voiceOf(brief.voice) };
}

/** Null where the system chose the voice by itself. */
function voiceOf(voice: ScriptBrief["voice"]): Wish["voice"] {
  return voice.name === null ? null : { ...voice, name: voice.name };
}

/** What is still missing before it can be sent, field by field, in words. `check` looks at products, once it is loaded. */
export function missing(wish: Wish, limits: { readonly script_chars: number; readonly footage_per_job?: number }, check: typeof productFaults | null = null): Told {
  if (wish.way === "product") return check?.(wish, limits) ?? {};
  const told: { script?: string; footage?: string } = {};
  const over = wish.script.trim().length - limits.script_chars;
  if (wish.way === "script" && words(wish.script) === 0) told.script = "Write what shall be said.";
  else if (wish.way === "script" && over > 0) {
    told.script = `${String(over)} ${over === 1 ? "character" : "characters"} too many. Shorten it, or make two videos of it.`;
  }
  if (wish.footage.length === 0) told.footage = "Choose at least one clip, or add one.";
  return { ...told, ...((wish.way === "script" || wish.rest?.footage.script) && unsaid(wish.inserts)) };
}

/** The names of fields that have a place of their own in the form; what lies deeper is said at the same place. */
const SHOWN = /^(script|footage|inserts\.\d+|inserts|call|look|products\.\d+\.(?:name|brand|description|badge|price|sale_price|pictures|picture_urls\.\d+))(?:\.|$)|^(products\.\d+)$/;

/** What the gateway says of the fields this form shows, and whether that is all it says. */
export function refused(fault: Fault | null): { readonly told: Told; readonly all: boolean } {
  const told: Record<string, string> = {};
  let all = fault !== null && fault.fields.length > 0;
  for (const { pointer, message } of fault?.fields ?? []) {
    const found = SHOWN.exec(fieldName(pointer));
    const field = found?.[1] ?? found?.[2];
    if (field === undefined) all = false;
    else told[field] ??= message;
  }
  return { told, all };
}

/** Seconds it will be about; 0 where nobody can tell yet. */
export function seconds(wish: Wish): number {
  if (wish.way === "footage") return wish.length_s;
  if (wish.way === "script") return spokenSeconds(wish.script, wish.language);
  const { pitch, language } = wish;
  if (pitch === null) return 0;
  return shownOf(wish).reduce((sum, product) => sum + spokenSeconds(filled(pitch, factsOf(product, language)), language), 0);
}

/** "3 videos, 2 formats each, about 38 s". */
export function summary(wish: Wish): string {
  const formats = Math.max(wish.presets.length, 1);
  const about = Math.round(seconds(wish));
  const videos = `${String(wish.variants)} ${wish.variants === 1 ? "video" : "videos"}`;
  const each = formats > 1 ? `, ${String(formats)} formats each` : "";
  return `${videos}${each}${about > 0 ? `, about ${String(about)} s` : ""}`;
}
