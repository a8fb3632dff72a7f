import { Badge, type Tone } from "@/components/ui/badge";
import { PictureOr } from "@/components/picture-or";
import { cn } from "@/lib/cn";
import { money } from "@/lib/format";
import type { Feed, Product } from "@/lib/api/types";

interface RowProps {
  readonly feed: Feed;
  readonly product: Product;
  readonly chosen: boolean;
  readonly onTurn: () => void;
}

const STATES: Readonly<Record<Exclude<Product["state"], "same">, { readonly word: string; readonly tone: Tone }>> = {
  new: { word: "new", tone: "good" },
  changed: { word: "changed", tone: "accent" },
  gone: { word: "gone", tone: "plain" },
};

/** One product, as the feed had it last. */
export function ProductRow({ feed, product, chosen, onTurn }: RowProps) {
  const gone = product.state === "gone";
  const state = product.state === "same" ? null : STATES[product.state];
  return (
    <li className={cn("min-w-0", chosen && "bg-accent-soft")}>
      <label className={cn("grid grid-cols-[auto_auto_minmax(0,1fr)_auto] items-center gap-3 p-3", !gone && "cursor-pointer")}>
        <input type="checkbox" checked={chosen} disabled={gone} onChange={onTurn} aria-label={product.title} className="size-5 accent-accent" />
        <Tile product={product} dim={gone} />
        <span className="min-w-0">
          <span className={cn("line-clamp-2 font-medium break-words sm:line-clamp-1", gone && "text-ink-3")}>{product.title}</span>
          <span className="block truncate text-xs text-ink-3">{[product.brand, product.id].filter(Boolean).join(" · ")}</span>
          {product.images.length === 0 && !gone && <span className="block text-xs text-warn">No picture: no video can be made of it.</span>}
        </span>
        <span className="flex flex-col items-end gap-1 text-right sm:flex-row-reverse sm:items-center sm:gap-4">
          <Price product={product} language={feed.language} />
          {state && <Badge tone={state.tone}>{state.word}</Badge>}
        </span>
      </label>
    </li>
  );
}

function Price({ product: { price, sale_price: sale }, language }: { readonly product: Product; readonly language: string | null }) {
  const written = (one: NonNullable<Product["price"]>) => money(one.amount, one.currency, language ?? undefined);
  if (!price) return null;
  return (
    <span className="figures text-sm whitespace-nowrap sm:min-w-24">
      <span className="block font-semibold">{written(sale ?? price)}</span>
      {sale && <s className="text-xs text-ink-3">{written(price)}</s>}
    </span>
  );
}

const TINTS = ["bg-accent-soft text-accent-text", "bg-good-soft text-good", "bg-warn-soft text-warn", "bg-sunken text-ink-2"] as const;

/** Its picture, or a letter that stands for one that can't be had. */
function Tile({ product, dim }: { readonly product: Product; readonly dim: boolean }) {
  const letter = /[\p{L}\p{N}]/u.exec(product.title)?.[0].toUpperCase() ?? "?";
  const instead = <span aria-hidden className={cn("grid size-14 shrink-0 place-items-center rounded-md text-lg font-semibold", TINTS[(letter.codePointAt(0) ?? 0) % TINTS.length], dim && "opacity-50")}>{letter}</span>;
  return <PictureOr src={product.picture_url} instead={instead} className={cn("size-14 shrink-0 rounded-md bg-white object-contain", dim && "opacity-50")} />;
}
