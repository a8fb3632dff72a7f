import { cn } from "@/lib/cn";
import { count } from "@/lib/format";

export interface Chip<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** How many there are; null where it is not known. */
  readonly many: number | null;
  /** A dot of this colour, such as `bg-bad`. */
  readonly dot?: string;
}

interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly chips: readonly Chip<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with how many there are of it. */
export function Chips<Value extends string>({ label, chips, value, onChange }: ChipsProps<Value>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {chips.map((chip) => (
        <button
          key={chip.value}
          type="button"
          aria-pressed={chip.value === value}
          onClick={() => { onChange(chip.value); }}
          className={cn(
            "inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-sm font-medium whitespace-nowrap transition-colors pointer-coarse:h-10",
            chip.value === value ? "border-accent bg-accent-soft text-accent-text" : "border-line-strong bg-surface text-ink-2 hover:bg-sunken hover:text-ink",
          )}
        >
          {chip.dot && <span aria-hidden className={cn("size-2 rounded-full", chip.dot)} />}
          {chip.label}
          {chip.many !== null && <span className="figures font-normal">{count(chip.many)}</span>}
        </button>
      ))}
    </div>
  );
}
