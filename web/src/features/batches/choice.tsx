import { cn } from "@/lib/cn";

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function Choice<Value extends string>({ legend, name, choices, value, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <label key={choice.value} className={cn("flex cursor-pointer items-start gap-3 rounded-lg border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent", choice.value === value ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-sunken")}>
            <input type="radio" name={name} checked={choice.value === value} onChange={() => { onChange(choice.value); }} aria-label={choice.label} aria-describedby={`${name}-${choice.value}`} className="mt-0.5 size-4 shrink-0 accent-accent" />
            <span className="min-w-0">
              <span className="block text-sm font-medium">{choice.label}</span>
              <span id={`${name}-${choice.value}`} className="mt-0.5 block text-xs text-ink-2">{choice.hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
