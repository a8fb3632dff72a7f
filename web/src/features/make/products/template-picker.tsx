import { cn } from "@/lib/cn";
import type { PartProps } from "../parts";
import { TEMPLATES, type TemplateName } from "../products";
import { Sketch } from "./sketch";

const NAMES = Object.keys(TEMPLATES) as TemplateName[];

/** How a product is shown: small pictures in the colours that were chosen. */
export function TemplatePicker({ wish, set }: Pick<PartProps, "wish" | "set">) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Template</legend>
      <div className="grid grid-cols-3 gap-2 sm:gap-3">
        {NAMES.map((name) => (
          <label key={name} className={cn("flex cursor-pointer flex-col gap-2 rounded-lg border-2 p-2 has-focus-visible:outline-2 has-focus-visible:outline-accent sm:flex-row sm:p-2.5", wish.template === name ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong")}>
            <input type="radio" name="template" className="sr-only" checked={wish.template === name} onChange={() => { set({ template: name }); }} aria-label={TEMPLATES[name].label} aria-describedby={`template-${name}`} />
            <span className="block w-full shrink-0 sm:w-20"><Sketch template={name} look={wish.look} /></span>
            <span className="min-w-0">
              <span className="block truncate text-sm font-medium">{TEMPLATES[name].label}</span>
              <span id={`template-${name}`} className="mt-0.5 hidden text-xs text-ink-2 sm:block">{TEMPLATES[name].words}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="mt-2 text-xs text-ink-2 sm:hidden">{TEMPLATES[wish.template].words}</p>
    </fieldset>
  );
}
