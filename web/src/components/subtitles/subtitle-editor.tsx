import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { optionsQuery } from "@/lib/options";
import type { PresetName, ScriptBrief, Sent } from "@/lib/api/types";
import { ColourField } from "./colour-field";
import { Preview } from "./preview";

type Whole = ScriptBrief["subtitles"];
export type SubtitleStyle = Sent<Whole>;

export interface SubtitleEditorProps {
  readonly value: SubtitleStyle;
  readonly onChange: (style: SubtitleStyle) => void;
  /** The picture that the preview is drawn for. */
  readonly preset: PresetName;
}

const NAMES: Record<Whole["preset"], string> = { karaoke: "Karaoke", pop: "Pop", boxed: "Boxed", glow: "Glow", clean: "Clean", none: "None" };

/** How subtitles look, beside a picture of it by the same engine that draws the video. */
export function SubtitleEditor({ value, onChange, preset }: SubtitleEditorProps) {
  const { data: options } = useQuery(optionsQuery);
  const set = (part: SubtitleStyle) => { onChange({ ...value, ...part }); };
  const kind = value.preset ?? "karaoke";
  const kinds = (options?.subtitle_presets ?? []) as Whole["preset"][];
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <div role="group" aria-label="Style of subtitles" className="flex flex-wrap gap-2">
          {kinds.map((name) => (
            <Button key={name} size="sm" look={name === kind ? "primary" : "plain"} aria-pressed={name === kind} onClick={() => { set({ preset: name }); }}>
              {NAMES[name]}
            </Button>
          ))}
        </div>
        {kind !== "none" && (
          <>
            <Field label="Font">
              <Select label="Font" options={(options?.fonts ?? []).map((font) => ({ value: font, label: font }))} value={value.font ?? "Lato"} onChange={(font) => { set({ font: font as Whole["font"] }); }} />
            </Field>
            <Slider label="Size" min={24} max={120} value={value.size ?? 48} format={(size) => `${String(size)} px`} onChange={(size) => { set({ size }); }} />
            <Slider label="Height on the picture" min={0.15} max={0.9} step={0.01} value={value.y ?? 0.85} format={(y) => `${String(Math.round(y * 100))} % from the top`} onChange={(y) => { set({ y }); }} />
            <FineTuning value={value} set={set} />
          </>
        )}
      </div>
      <Preview style={value} preset={preset} />
    </div>
  );
}

function FineTuning({ value, set }: { readonly value: SubtitleStyle; readonly set: (part: SubtitleStyle) => void }) {
  return (
    <details className="group">
      <summary className="flex cursor-pointer items-center gap-1 text-sm font-medium text-accent-text">
        <ChevronDown aria-hidden className="size-4 transition-transform group-open:rotate-180" /> Fine-tune
      </summary>
      <div className="mt-4 flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <ColourField label="Text" value={value.colour ?? "#FFFFFF"} onChange={(colour) => { set({ colour }); }} />
          <ColourField label="Spoken word" value={value.highlight ?? "#FFD60A"} onChange={(highlight) => { set({ highlight }); }} />
          <ColourField label="Outline" value={value.outline_colour ?? "#000000"} onChange={(outline_colour) => { set({ outline_colour }); }} />
          <ColourField label="Box" value={value.box_colour ?? "#000000"} onChange={(box_colour) => { set({ box_colour }); }} />
        </div>
        <Slider label="Outline" min={0} max={10} step={0.5} value={value.outline ?? 3} format={pixels} onChange={(outline) => { set({ outline }); }} />
        <Slider label="Shadow" min={0} max={4} step={0.5} value={value.shadow ?? 0} format={pixels} onChange={(shadow) => { set({ shadow }); }} />
        <Slider label="Glow" min={0} max={10} step={0.5} value={value.glow ?? 0} format={pixels} onChange={(glow) => { set({ glow }); }} />
        <Button size="sm" className="self-start" onClick={() => { set(RESET); }}>Back to the style's own</Button>
      </div>
    </details>
  );
}

const pixels = (value: number) => `${String(value)} px`;
const RESET: SubtitleStyle = { colour: "#FFFFFF", highlight: "#FFD60A", outline_colour: "#000000", box_colour: "#000000", outline: 3, shadow: 0, glow: 0 };
