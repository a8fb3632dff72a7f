import { ColourField } from "@/components/subtitles/colour-field";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { cn } from "@/lib/cn";
import type { Options } from "@/lib/api/types";
import { LogoMark, type LogoChoice } from "./logo-mark";
import { PALETTES, sameColours, TEMPLATES, type CardLook, type TemplateName } from "./looks";
import { Sketch, type Written } from "./sketch";

interface LookProps {
  readonly look: CardLook;
  readonly onChange: (look: CardLook) => void;
  readonly template: TemplateName;
  readonly written: Written;
  readonly options: Options;
  /** The colours and letters of the profile's brand, if it has some. */
  readonly brand?: CardLook | null;
  /** Drawn over it. */
  readonly logo?: LogoChoice | null;
  readonly error?: string | undefined;
}

/** The colours and the letters of what is written, beside a sketch of it. */
export function LookEditor({ look, onChange, template, written, options, brand = null, logo = null, error }: LookProps) {
  const put = (part: Partial<CardLook>) => { onChange({ ...look, ...part }); };
  const fonts = options.fonts.map((font) => ({ value: font, label: font }));
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <div role="group" aria-label="Colours that go together" className="flex flex-wrap gap-2">
          {brand && <Palette name="Your brand" colours={brand} chosen={sameColours(look, brand) && look.font === brand.font} onChoose={() => { put(brand); }} />}
          {Object.entries(PALETTES).map(([name, colours]) => <Palette key={name} name={name} colours={colours} chosen={sameColours(look, colours)} onChoose={() => { put(colours); }} />)}
        </div>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <ColourField label="Background" value={look.background} onChange={(background) => { put({ background }); }} />
          <ColourField label="Text" value={look.text} onChange={(text) => { put({ text }); }} />
          <ColourField label="Accent" value={look.accent} onChange={(accent) => { put({ accent }); }} />
        </div>
        <Field label="Font" error={error} hint="For the name, the price and the button. Subtitles have their own.">
          <Select label="Font" options={fonts} value={look.font} onChange={(font) => { put({ font: font as CardLook["font"] }); }} />
        </Field>
      </div>
      <figure className="mx-auto w-44 sm:w-full">
        <div className="relative">
          <Sketch template={template} look={look} written={written} />
          {logo && <LogoMark logo={logo} />}
        </div>
        <figcaption className="mt-1.5 text-center text-xs text-ink-3">{TEMPLATES[template].label}, about as it will be</figcaption>
      </figure>
    </div>
  );
}

interface PaletteProps {
  readonly name: string;
  readonly colours: Omit<CardLook, "font">;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Palette({ name, colours, chosen, onChoose }: PaletteProps) {
  return (
    <button type="button" aria-pressed={chosen} onClick={onChoose} className={cn("flex items-center gap-2 rounded-md border py-1 pr-2.5 pl-1 text-sm pointer-coarse:py-2", chosen ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-sunken")}>
      <span aria-hidden className="flex size-6 items-center justify-center gap-0.5 rounded border border-line" style={{ background: colours.background }}>
        <span className="size-1.5 rounded-full" style={{ background: colours.text }} />
        <span className="size-1.5 rounded-full" style={{ background: colours.accent }} />
      </span>
      {name}
    </button>
  );
}
