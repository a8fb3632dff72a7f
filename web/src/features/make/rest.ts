import type { FootageBrief, Job, ScriptBrief, Sent } from "@/lib/api/types";

type Brief = NonNullable<Job["brief"]>;
type Common = Pick<Brief, "project" | "filters" | "transition" | "branding" | "silence" | "encoder">;

/** What a job was asked for that this form has no fields for. It stays when the job is made again. */
export interface Rest {
  readonly common: Sent<Common>;
  /** What was shown over the footage. */
  readonly inserts: Sent<ScriptBrief["inserts"]>;
  /** Of footage only. */
  readonly footage: Sent<Pick<FootageBrief, "sound" | "script" | "voice">>;
}

const COMMON = ["project", "filters", "transition", "branding", "silence", "encoder"] as const;

export function restOf(brief: Brief): Rest {
  const there = COMMON.filter((name) => (brief as Partial<Brief>)[name] !== undefined);
  const common = Object.fromEntries(there.map((name) => [name, brief[name]])) as Sent<Common>;
  const inserts = brief.kind === "product" ? [] : brief.inserts;
  if (brief.kind !== "footage") return { common, inserts, footage: {} };
  const { sound, script, voice } = brief;
  return { common, inserts, footage: script ? { sound, script, voice } : { sound } };
}

/** Inserts, if there are any: where nothing is said they stand at no words. */
export function insertsSent(rest: Rest | null, said: boolean): { inserts?: Rest["inserts"] } {
  if (!rest?.inserts.length) return {};
  return { inserts: said ? rest.inserts : rest.inserts.map((insert) => ({ ...insert, when: null })) };
}
