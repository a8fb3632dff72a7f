import { ArrowUp, ChevronDown, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { Wrong } from "@/components/making/wrong";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { plural } from "@/lib/format";
import type { Told } from "../brief";
import { factsOf } from "../merging";
import type { ProductWish } from "../products";
import { Facts } from "./facts";
import { Pictures } from "./pictures";

export interface EditorProps {
  readonly product: ProductWish;
  readonly place: number;
  /** One of several. */
  readonly many: boolean;
  readonly told: Told;
  readonly language: string;
  readonly onSet: (part: Partial<ProductWish>) => void;
  /** Adds to it as it is by then. */
  readonly onChange: (part: (before: ProductWish) => Partial<ProductWish>) => void;
  readonly onEarlier: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}

/** One product. Of several, each can be folded up; what is wrong opens it. */
export function ProductEditor(props: EditorProps) {
  const { product, place, many, told, onEarlier, onRemove } = props;
  const [folded, fold] = useState(place > 0 && product.name !== ""); // those of a draft, but for the first
  const body = useId();
  const own = `products.${String(place)}`;
  const wrong = Object.keys(told).some((name) => name === own || name.startsWith(`${own}.`));
  const open = !many || !folded || wrong;
  const called = product.name.trim() || `Product ${String(place + 1)}`;
  return (
    <section id={product.key} tabIndex={-1} aria-label={many ? called : "The product"} className={cn("flex flex-col gap-4", many && "rounded-lg border border-line p-3 sm:p-4")}>
      {many && (
        <div className="flex items-center gap-1">
          <h3 className="min-w-0 flex-1">
            <button type="button" aria-expanded={open} aria-controls={body} onClick={() => { fold(open); }} className="flex w-full min-w-0 items-center gap-2 rounded-md py-1 text-left text-sm font-semibold">
              <ChevronDown aria-hidden className={cn("size-4 shrink-0 text-ink-3 transition-transform", open && "rotate-180")} />
              <span className="figures text-ink-3">{place + 1}</span>
              <span className="truncate">{called}</span>
              {!open && <span className="ml-auto shrink-0 text-xs font-normal text-ink-3">{inShort(product, props.language)}</span>}
            </button>
          </h3>
          {onEarlier && <Button look="quiet" size="icon" aria-label={`Show ${called} earlier`} onClick={onEarlier}><ArrowUp aria-hidden /></Button>}
          {onRemove && <Button look="quiet" size="icon" aria-label={`Remove ${called}`} onClick={onRemove}><Trash2 aria-hidden /></Button>}
        </div>
      )}
      {open && (
        <div id={body} className="flex flex-col gap-4">
          <Wrong>{told[own]}</Wrong>
          <Pictures {...props} own={own} />
          <Facts {...props} own={own} />
        </div>
      )}
    </section>
  );
}

function inShort(product: ProductWish, language: string): string {
  const pictures = plural(product.pictures.length + product.picture_urls.length, "picture");
  const { price } = factsOf(product, language);
  return price ? `${price}, ${pictures}` : pictures;
}
