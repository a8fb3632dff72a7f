import type { PresetName, ScriptBrief, Sent } from "@/lib/api/types";

export type SubtitleStyle = Sent<NonNullable<ScriptBrief["subtitles"]>>;

export interface SubtitleEditorProps {
  readonly value: SubtitleStyle;
  readonly onChange: (style: SubtitleStyle) => void;
  /** The picture that the preview is drawn for. */
  readonly preset: PresetName;
}

export function SubtitleEditor({ preset }: SubtitleEditorProps) {
  return <p>{preset}</p>;
}
