import { Slider as Base } from "@base-ui/react/slider";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Called once, when it is let go: for what costs something. */
  readonly onCommit?: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** How the value reads: `1.2x`, `85%`. */
  readonly format?: (value: number) => string;
  readonly disabled?: boolean;
}

export function Slider({ label, value, onChange, onCommit, min, max, step = 1, format = String, disabled = false }: SliderProps) {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(next) => { onChange(next); }}
      onValueCommitted={(next) => onCommit?.(next)}
    >
      <div className="flex justify-between gap-3 text-sm">
        <Base.Label className="font-medium">{label}</Base.Label>
        <span className="figures text-ink-2">{format(value)}</span>
      </div>
      <Base.Control className="flex h-8 touch-none items-center select-none data-disabled:opacity-50 pointer-coarse:h-11">
        <Base.Track className="h-1.5 w-full rounded-full bg-line">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            getAriaValueText={(_, now) => format(now)}
            className="size-4.5 rounded-full border-2 border-accent bg-white shadow-mid has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text pointer-coarse:size-6"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
