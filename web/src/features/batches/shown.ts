import type { components } from "@/lib/api/schema";
import type { ProductBrief } from "@/lib/api/types";
import { money } from "@/lib/format";

export type Preview = components["schemas"]["BatchPreview"];
export type RowPreview = components["schemas"]["RowPreview"];
type Shown = ProductBrief["products"][number];

/** What a product costs now, what it cost before, and by how much it is cheaper; about as the video will write it. */
export function priceOf(product: Shown | undefined, language: string): { readonly now: string; readonly before: string; readonly discount: string } {
  const price = product?.price;
  const sale = product?.sale_price;
  if (!price) return { now: "", before: "", discount: "" };
  const written = (one: typeof price) => money(one.amount, one.currency, language);
  if (!sale) return { now: written(price), before: "", discount: "" };
  const percent = Math.floor((1 - Number(sale.amount) / Number(price.amount)) * 100 + 1e-9);
  return { now: written(sale), before: written(price), discount: percent > 0 ? `−${String(percent)} %` : "" };
}
