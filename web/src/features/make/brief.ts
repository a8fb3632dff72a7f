import type { Job, PresetName, ScriptBrief, FootageBrief, Sent } from "@/lib/api/types";
import { fieldName, type Fault } from "@/lib/faults";
import { words } from "@/lib/format";

export type Way = "script" | "footage";
type Gate = "script" | "voice" | "plan";

/** All that the form holds. */
export interface Wish {
  readonly way: Way;
  readonly title: string;
  readonly script: string;
  /** What footage alone is about. */
  readonly context: string;
  readonly length_s: number;
  readonly footage: readonly string[];
  readonly voice: { readonly provider: ScriptBrief["voice"]["provider"]; readonly name: string } | null;
  readonly language: string;
  readonly presets: readonly PresetName[];
  readonly variants: number;
  readonly draft: boolean;
  readonly review: readonly Gate[];
  readonly subtitles: Sent<ScriptBrief["subtitles"]>;
  readonly music: string | null;
  /** What is shown over the footage: this form keeps it, and can leave it out. */
  readonly inserts: Sent<ScriptBrief["inserts"]>;
}

export const EMPTY: Wish = {
  way: "script", title: "", script: "", context: "", length_s: 30, footage: [], voice: null, language: "en", presets: [],
  variants: 1, draft: false, review: [], subtitles: {}, music: null, inserts: [],
};

export type Brief = (Sent<ScriptBrief> & { kind: "script" }) | (Sent<FootageBrief> & { kind: "footage" });

/** What is sent for a form. What has a default and was not touched is left out. */
export function briefOf(wish: Wish): Brief {
  const common = {
    footage: [...wish.footage],
    variants: wish.variants,
    quality: wish.draft ? ("draft" as const) : ("final" as const),
    language: wish.language,
    ...(wish.title.trim() && { title: wish.title.trim() }),
    ...(wish.presets.length > 0 && { presets: [...wish.presets] }),
    ...(wish.music && { music: { asset: wish.music } }),
    ...(Object.keys(wish.subtitles).length > 0 && { subtitles: wish.subtitles }),
    ...(wish.review.length > 0 && { review: [...wish.review] }),
    ...(wish.inserts.length > 0 && { inserts: wish.way === "script" ? wish.inserts : wish.inserts.map(wordless) }),
  };
  if (wish.way === "footage") {
    return { kind: "footage", ...common, length_s: wish.length_s, ...(wish.context.trim() && { context: wish.context.trim() }) };
  }
  return { kind: "script", ...common, script: wish.script.trim(), ...(wish.voice && { voice: wish.voice }) };
}

/** Where nothing is said, it stands at no words. */
function wordless(insert: Wish["inserts"][number]): Wish["inserts"][number] {
  return { ...insert, when: null };
}

/** The form that would have asked for a job. */
export function wishOf(brief: Exclude<NonNullable<Job["brief"]>, { kind: "product" }>): Wish {
  const common = {
    ...EMPTY,
    title: brief.title,
    footage: brief.footage,
    language: brief.language,
    presets: brief.presets,
    variants: brief.variants,
    draft: brief.quality === "draft",
    review: brief.review,
    subtitles: brief.subtitles,
    music: brief.music?.asset ?? null,
    inserts: brief.inserts,
  };
  if (brief.kind === "footage") return { ...common, way: "footage", context: brief.context, length_s: brief.length_s };
  return { ...common, way: "script", script: brief.script, voice: voiceOf(brief.voice) };
}

/** Null where the system chose the voice by itself. */
function voiceOf({ provider, name }: ScriptBrief["voice"]): Wish["voice"] {
  return name === null ? null : { provider, name };
}

/** What is still missing before it can be sent, field by field, in words. */
export function missing(wish: Wish, limits: { readonly script_chars: number }): { readonly script?: string; readonly footage?: string } {
  const told: { script?: string; footage?: string } = {};
  const over = wish.script.trim().length - limits.script_chars;
  if (wish.way === "script" && words(wish.script) === 0) told.script = "Write what shall be said.";
  else if (wish.way === "script" && over > 0) {
    told.script = `${String(over)} ${over === 1 ? "character" : "characters"} too many. Shorten it, or make two videos of it.`;
  }
  if (wish.footage.length === 0) told.footage = "Choose at least one clip, or add one.";
  return told;
}

/** What the gateway says of the fields this form shows, and whether that is all it says. */
export function refused(fault: Fault | null): { readonly told: { readonly script?: string; readonly footage?: string }; readonly all: boolean } {
  const told: { script?: string; footage?: string } = {};
  for (const { pointer, message } of fault?.fields ?? []) {
    const [field] = fieldName(pointer).split(".");
    if (field === "script" || field === "footage") told[field] ??= message;
  }
  return { told, all: fault !== null && fault.fields.length > 0 && fault.fields.every(({ pointer }) => /^\/(script|footage)(\/|$)/.test(pointer)) };
}

/** "3 videos, 2 formats, about 38 s each". */
export function summary(wish: Wish, seconds: number): string {
  const formats = Math.max(wish.presets.length, 1);
  const about = wish.way === "footage" ? wish.length_s : Math.round(seconds);
  const videos = `${String(wish.variants)} ${wish.variants === 1 ? "video" : "videos"}`;
  const each = formats > 1 ? `, ${String(formats)} formats each` : "";
  return `${videos}${each}${about > 0 ? `, about ${String(about)} s` : ""}`;
}
