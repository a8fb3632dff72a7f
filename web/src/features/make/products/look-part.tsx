import { useQuery } from "@tanstack/react-query";
import { ColourField } from "@/components/subtitles/colour-field";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { assetQuery } from "@/lib/assets";
import { cn } from "@/lib/cn";
import { factsOf } from "../merging";
import type { ToldProps } from "../parts";
import { LOOK, shownOf, TEMPLATES, type CardLook } from "../products";
import { Sketch, type Written } from "./sketch";

type Colours = Omit<CardLook, "font">;

const PALETTES: Readonly<Record<string, Colours>> = {
  Night: { background: LOOK.background, text: LOOK.text, accent: LOOK.accent },
  Paper: { background: "#F4ECE4", text: "#1E1B18", accent: "#A8481F" },
  Sale: { background: "#7A1020", text: "#FFFFFF", accent: "#FFE14D" },
  Forest: { background: "#12372A", text: "#FBFADA", accent: "#ADD899" },
  Sea: { background: "#0B2545", text: "#FFFFFF", accent: "#8DD7F7" },
  Plain: { background: "#FFFFFF", text: "#191920", accent: "#5546D0" },
};

/** The colours and the letters of what is written, beside a sketch of it. */
export function LookPart({ wish, set, options, told }: ToldProps) {
  const { look } = wish;
  const put = (part: Partial<CardLook>) => { set({ look: { ...look, ...part } }); };
  const fonts = options.fonts.map((font) => ({ value: font, label: font }));
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <div role="group" aria-label="Colours that go together" className="flex flex-wrap gap-2">
          {Object.entries(PALETTES).map(([name, colours]) => <Palette key={name} name={name} colours={colours} chosen={same(look, colours)} onChoose={() => { put(colours); }} />)}
        </div>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <ColourField label="Background" value={look.background} onChange={(background) => { put({ background }); }} />
          <ColourField label="Text" value={look.text} onChange={(text) => { put({ text }); }} />
          <ColourField label="Accent" value={look.accent} onChange={(accent) => { put({ accent }); }} />
        </div>
        <Field label="Font" error={told.look} hint="For the name, the price and the button. Subtitles have their own.">
          <Select label="Font" options={fonts} value={look.font} onChange={(font) => { put({ font: font as CardLook["font"] }); }} />
        </Field>
      </div>
      <figure className="mx-auto w-44 sm:w-full">
        <Sketch template={wish.template} look={look} written={useWritten(wish)} />
        <figcaption className="mt-1.5 text-center text-xs text-ink-3">{TEMPLATES[wish.template].label}, about as it will be</figcaption>
      </figure>
    </div>
  );
}

function useWritten(wish: ToldProps["wish"]): Written {
  const [first] = shownOf(wish);
  const picture = useQuery({ ...assetQuery(first?.pictures[0] ?? ""), enabled: first?.pictures[0] !== undefined });
  const facts = first ? factsOf(first, wish.language) : null;
  return {
    name: facts?.name ?? "", brand: facts?.brand ?? "", price: facts?.price ?? "", old_price: facts?.old_price ?? "",
    badge: [first?.badge.trim(), facts?.discount].find(Boolean) ?? "", call: wish.call.trim(), picture: picture.data?.thumbnail_url ?? null,
  };
}

const same = (look: CardLook, { background, text, accent }: Colours): boolean =>
  look.background === background && look.text === text && look.accent === accent;

interface PaletteProps {
  readonly name: string;
  readonly colours: Colours;
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
