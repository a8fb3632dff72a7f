import { cn } from "@/lib/cn";
import { TEMPLATES, type CardLook, type TemplateName } from "./looks";
import { Sketch } from "./sketch";

interface PickerProps {
  readonly value: TemplateName;
  readonly onChange: (template: TemplateName) => void;
  readonly look: CardLook;
  /** Those to choose from; without them, all. */
  readonly of?: readonly TemplateName[];
}

const ALL = Object.keys(TEMPLATES) as TemplateName[];

/** How a product is shown: small pictures in the colours that were chosen. */
export function TemplatePicker({ value, onChange, look, of = ALL }: PickerProps) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Template</legend>
      <div className={cn("grid gap-2 sm:gap-3", of.length > 2 ? "grid-cols-3" : "grid-cols-2")}>
        {of.map((name) => (
          <label key={name} className={cn("flex cursor-pointer flex-col gap-2 rounded-lg border-2 p-2 has-focus-visible:outline-2 has-focus-visible:outline-accent sm:flex-row sm:p-2.5", value === name ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong")}>
            <input type="radio" name="template" className="sr-only" checked={value === name} onChange={() => { onChange(name); }} aria-label={TEMPLATES[name].label} aria-describedby={`template-${name}`} />
            <span className="block w-full shrink-0 sm:w-20"><Sketch template={name} look={look} /></span>
            <span className="min-w-0">
              <span className="block truncate text-sm font-medium">{TEMPLATES[name].label}</span>
              <span id={`template-${name}`} className="mt-0.5 hidden text-xs text-ink-2 sm:block">{TEMPLATES[name].words}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="mt-2 text-xs text-ink-2 sm:hidden">{TEMPLATES[value].words}</p>
    </fieldset>
  );
}
