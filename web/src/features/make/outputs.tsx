import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/cn";
import type { PresetOption } from "@/lib/api/types";
import type { PartProps } from "./parts";

/** Where the video goes, how many, how good. */
export function Outputs({ wish, set, options }: PartProps) {
  const chosen = wish.presets.length > 0 ? wish.presets : options.presets.slice(0, 1).map((preset) => preset.name);
  const turn = (name: PresetOption["name"]) => {
    const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
    if (next.length > 0) set({ presets: next });
  };
  return (
    <>
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Formats</legend>
        <ul className="grid grid-cols-2 gap-2">
          {options.presets.map((preset) => (
            <li key={preset.name}><Preset preset={preset} chosen={chosen.includes(preset.name)} onTurn={() => { turn(preset.name); }} /></li>
          ))}
        </ul>
      </fieldset>
      <Slider label="Variants" min={1} max={options.limits.variants} value={wish.variants} onChange={(variants) => { set({ variants }); }} format={(value) => (value === 1 ? "1 video" : `${String(value)} videos`)} />
      <Switch label="Draft" hint="Small and quick, to see whether it is right." checked={wish.draft} onChange={(draft) => { set({ draft }); }} />
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Let me look before it goes on</legend>
        <div className="flex flex-col gap-3">
          {options.reviews.map((gate) => <Gate key={gate} gate={gate as GateName} wish={wish} set={set} />)}
        </div>
      </fieldset>
    </>
  );
}

type GateName = PartProps["wish"]["review"][number];

const GATES: Record<GateName, string> = { script: "when the script is written", voice: "when the voice has spoken", plan: "when the pictures are chosen" };

function Gate({ gate, wish, set }: Pick<PartProps, "wish" | "set"> & { readonly gate: GateName }) {
  const turn = (on: boolean) => { set({ review: on ? [...wish.review, gate] : wish.review.filter((one) => one !== gate) }); };
  return <Switch label={GATES[gate]} checked={wish.review.includes(gate)} onChange={turn} />;
}

function Preset({ preset, chosen, onTurn }: { readonly preset: PresetOption; readonly chosen: boolean; readonly onTurn: () => void }) {
  const tall = preset.height > preset.width;
  return (
    <label className={cn("flex cursor-pointer items-center gap-2 rounded-md border px-2.5 py-2 has-focus-visible:outline-2 has-focus-visible:outline-accent", chosen ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-sunken")}>
      <input type="checkbox" checked={chosen} onChange={onTurn} className="sr-only" aria-label={preset.label} />
      <span aria-hidden className="grid size-7 shrink-0 place-items-center">
        <span className={cn("rounded-xs border-2", chosen ? "border-accent" : "border-ink-3", tall ? "h-6 w-3.5" : preset.height === preset.width ? "size-5" : "h-3.5 w-6")} />
      </span>
      <span className="min-w-0">
        <span className="block truncate text-sm font-medium">{preset.label}</span>
        <span className="figures block text-xs text-ink-2">{preset.width} × {preset.height}</span>
      </span>
    </label>
  );
}
