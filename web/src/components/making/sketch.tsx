import { Image } from "lucide-react";
import type { CSSProperties } from "react";
import { cn } from "@/lib/cn";
import type { CardLook, TemplateName } from "./looks";

/** What is written on it; bars stand where there is nothing to read yet. */
export interface Written {
  readonly name: string;
  readonly brand: string;
  readonly price: string;
  readonly old_price: string;
  readonly badge: string;
  readonly call: string;
  /** A picture on this server. */
  readonly picture: string | null;
}

interface SketchProps {
  readonly template: TemplateName;
  readonly look: CardLook;
  readonly written?: Written;
}

const STAGE: Readonly<Record<TemplateName, string>> = { spotlight: "h-[54%]", sale: "h-[44%]", collection: "h-[60%]" };

/** About how a template looks, drawn by the page: the video has its own letters and measures. Sizes are shares of the width. */
export function Sketch({ template, look, written }: SketchProps) {
  const accent: CSSProperties = { background: look.accent, color: readable(look.accent) };
  return (
    <span aria-hidden className="@container block aspect-9/16 w-full overflow-hidden rounded-md border border-line" style={{ background: look.background, color: look.text }}>
      <span className={cn("relative block overflow-hidden bg-sunken", STAGE[template])}>
        {written?.picture ? <img src={written.picture} alt="" className="size-full object-cover" /> : <Image className="absolute inset-0 m-auto size-[30cqw] text-ink-3" strokeWidth={1} />}
        {template === "collection" && <Stripes accent={look.accent} />}
        {template !== "sale" && <Badge text={written ? written.badge : "%"} style={accent} />}
      </span>
      {template === "sale" && <span className="grid h-[12%] place-items-center text-[13cqw] leading-none font-bold" style={accent}>{written ? written.badge || written.price : "−20 %"}</span>}
      {written ? <Words written={written} accent={look.accent} button={accent} /> : <Bars accent={look.accent} />}
    </span>
  );
}

/** Black or white, whichever is read better on a colour, as the renderer does it. */
export function readable(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#111111" : "#FFFFFF";
}

function Stripes({ accent }: { readonly accent: string }) {
  return (
    <span className="absolute inset-x-[6cqw] top-[6cqw] flex gap-[2cqw]">
      {[accent, accent, "#8A8A8A"].map((colour, place) => <span key={place} className="h-[1.6cqw] flex-1 rounded-full" style={{ background: colour }} />)}
    </span>
  );
}

function Badge({ text, style }: { readonly text: string; readonly style: CSSProperties }) {
  if (!text) return null;
  return <span className="absolute top-[11cqw] left-[6cqw] rounded-full px-[3.5cqw] py-[1.5cqw] text-[5cqw] leading-none font-semibold" style={style}>{text}</span>;
}

function Words({ written, accent, button }: { readonly written: Written; readonly accent: string; readonly button: CSSProperties }) {
  return (
    <span className="flex flex-col items-start gap-[2cqw] p-[6cqw]">
      {written.brand && <span className="w-full truncate text-[3.6cqw] leading-tight font-semibold uppercase" style={{ color: accent }}>{written.brand}</span>}
      <span className="line-clamp-3 text-[6.4cqw] leading-tight font-bold break-words">{written.name || "Its name"}</span>
      {written.price && (
        <span className="flex w-full items-baseline gap-[3cqw] whitespace-nowrap">
          <span className="text-[8cqw] leading-none font-bold" style={{ color: accent }}>{written.price}</span>
          {written.old_price && <span className="text-[4.4cqw] line-through">{written.old_price}</span>}
        </span>
      )}
      {written.call && <span className="max-w-full truncate rounded-full px-[4cqw] py-[2cqw] text-[4.6cqw] leading-none font-semibold" style={button}>{written.call}</span>}
    </span>
  );
}

function Bars({ accent }: { readonly accent: string }) {
  return (
    <span className="flex flex-col gap-[5cqw] p-[8cqw]">
      <span className="h-[5cqw] w-4/5 rounded-full bg-current" />
      <span className="h-[5cqw] w-3/5 rounded-full bg-current" />
      <span className="h-[9cqw] w-2/5 rounded-full" style={{ background: accent }} />
    </span>
  );
}
