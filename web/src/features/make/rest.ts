import type { FootageBrief, Job, Sent } from "@/lib/api/types";

type Brief = NonNullable<Job["brief"]>;
type Common = Pick<Brief, "project" | "filters" | "transition" | "branding" | "silence" | "encoder">;

/** What a job was asked for that this form has no fields for. It stays when the job is made again. */
export interface Rest {
  readonly common: Sent<Common>;
  /** Of footage only. */
  readonly footage: Sent<Pick<FootageBrief, "sound" | "script" | "voice">>;
}

const COMMON = ["project", "filters", "transition", "branding", "silence", "encoder"] as const;

export function restOf(brief: Brief): Rest {
  const there = COMMON.filter((name) => (brief as Partial<Brief>)[name] !== undefined);
  const common = Object.fromEntries(there.map((name) => [name, brief[name]])) as Sent<Common>;
  if (brief.kind !== "footage") return { common, footage: {} };
  const { sound, script, voice } = brief;
  return { common, footage: script ? { sound, script, voice } : { sound } };
}
