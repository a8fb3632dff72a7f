import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { LeftBehind } from "@/components/uploads/left-behind";
import { plural } from "@/lib/format";
import type { Change, ToldProps } from "../parts";
import { blank, MOST, shownOf, type ProductWish } from "../products";
import { ProductEditor } from "./product-editor";

/** The products, in the order they are shown. */
export function ProductList({ wish, set, change, told }: ToldProps & { readonly change: Change }) {
  const { products } = wish;
  const shown = shownOf(wish);
  const put = (key: string, part: (before: ProductWish) => Partial<ProductWish>) => {
    change((before) => ({ products: before.products.map((one) => (one.key === key ? { ...one, ...part(one) } : one)) }));
  };
  const earlier = (place: number) => {
    set({ products: products.map((one, at) => (at === place - 1 ? products[place] : at === place ? products[place - 1] : one) ?? one) });
  };
  const add = () => {
    const next = blank(products.at(-1)?.currency);
    set({ template: "collection", products: [...products, next] });
    requestAnimationFrame(() => { document.getElementById(next.key)?.focus(); });
  };
  const remove = (gone: ProductWish, place: number) => {
    set({ products: products.filter((one) => one !== gone) });
    const back = () => { change((before) => ({ products: before.products.toSpliced(place, 0, gone) })); };
    if (gone.name || gone.pictures.length > 0) toast(`${gone.name || "A product"} removed`, { action: { label: "Undo", run: back } });
  };
  const kept = products.length - shown.length;
  return (
    <>
      {shown.map((product, place) => (
        <ProductEditor
          key={product.key}
          product={product}
          place={place}
          many={wish.template === "collection"}
          told={told}
          language={wish.language}
          onSet={(part) => { set({}); put(product.key, () => part); }}
          onChange={(part) => { put(product.key, part); }}
          onEarlier={place > 0 ? () => { earlier(place); } : undefined}
          onRemove={products.length > 1 ? () => { remove(product, place); } : undefined}
        />
      ))}
      <LeftBehind kind="image" />
      {kept > 0 && <p className="text-sm text-ink-2">This template shows one product. The other {plural(kept, "product")} you wrote stay here for the template Collection.</p>}
      {products.length < MOST.products && kept === 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onClick={add}><Plus aria-hidden />Add another product</Button>
          {wish.template !== "collection" && <span className="text-xs text-ink-3">Several are shown as a collection.</span>}
        </div>
      )}
      {products.length >= MOST.products && kept === 0 && <p className="text-sm text-ink-2">A collection is full with {MOST.products} products.</p>}
    </>
  );
}
