import { cn } from "@/lib/cn";
import type { PresetOption } from "@/lib/api/types";
import type { Making, MakingProps } from "./parts";

/** Where a video goes: one file for each place. */
export function Formats({ wish, set, options }: MakingProps<Pick<Making, "presets">>) {
  const chosen = wish.presets.length > 0 ? wish.presets : options.presets.slice(0, 1).map((preset) => preset.name);
  const turn = (name: PresetOption["name"]) => {
    const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
    if (next.length > 0) set({ presets: next });
  };
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Formats</legend>
      <ul className="grid grid-cols-2 gap-2">
        {options.presets.map((preset) => (
          <li key={preset.name}><Preset preset={preset} chosen={chosen.includes(preset.name)} onTurn={() => { turn(preset.name); }} /></li>
        ))}
      </ul>
    </fieldset>
  );
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
