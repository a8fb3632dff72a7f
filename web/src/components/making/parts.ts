import type { Options, PresetName, ScriptBrief, Sent } from "@/lib/api/types";

/** How videos are made, whatever they show: asked the same of one and of thousands. */
export interface Making {
  /** Null: the system chooses. With all that was said of it, where an earlier job did. */
  readonly voice: (Sent<ScriptBrief["voice"]> & { readonly provider: ScriptBrief["voice"]["provider"]; readonly name: string }) | null;
  readonly language: string;
  readonly presets: readonly PresetName[];
  readonly draft: boolean;
  readonly subtitles: Sent<ScriptBrief["subtitles"]>;
  readonly music: string | null;
}

export interface MakingProps<Wish extends Partial<Making> = Making> {
  readonly wish: Wish;
  readonly set: (part: Partial<Wish>) => void;
  readonly options: Options;
}

/** What a field hands on as it is typed in. */
export interface Typed {
  readonly target: { readonly value: string };
}
