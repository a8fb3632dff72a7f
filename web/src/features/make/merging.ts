import { money } from "@/lib/format";
import { amount, type ProductWish } from "./products";

/** What a text may name of a product, as the gateway does. */
export const MERGE_FIELDS = ["name", "price", "old_price", "discount", "brand", "description"] as const;
type MergeField = (typeof MERGE_FIELDS)[number];

const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
const SAME: Readonly<Record<string, MergeField>> = { title: "name" };

const fieldName = (text: string): string => {
  const name = text.trim().toLowerCase().replace(/[\s_-]+/g, "_");
  return SAME[name] ?? name;
};

/** The facts of a product as words; empty where it has none. About as the gateway will write them. */
export function factsOf(product: ProductWish, language: string): Readonly<Record<MergeField, string>> {
  const [price, sale] = [Number(amount(product.price)), Number(amount(product.sale_price))];
  const cheaper = sale > 0 && sale < price;
  const written = (value: number) => (value > 0 ? money(value, product.currency, language) : "");
  const percent = cheaper ? Math.floor((1 - sale / price) * 100 + 1e-9) : 0;
  return {
    name: product.name.trim(),
    brand: product.brand.trim(),
    description: product.description.trim(),
    price: written(cheaper ? sale : price),
    old_price: cheaper ? written(price) : "",
    discount: percent > 0 ? `−${String(percent)} %` : "",
  };
}

/** A text with the facts of a product in it; a field it has nothing for stays as it is. */
export function filled(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(PART, (whole: string, inside: string | undefined) => {
    if (whole === "{{" || whole === "}}") return whole.charAt(0);
    if (inside === undefined) return whole;
    const [name = "", instead] = inside.split("|");
    return [facts[fieldName(name)], instead?.trim(), whole].find(Boolean) ?? "";
  });
}

/** What is wrong with a text for these products, in words; null where nothing is. */
export function mergeFault(text: string, products: readonly ProductWish[]): string | null {
  for (const [whole, inside] of text.matchAll(PART)) {
    if (whole === "{{" || whole === "}}") continue;
    if (inside === undefined) return `There is a “${whole}” without its other half. Write “${whole}${whole}” for the sign itself.`;
    const [name = "", ...instead] = inside.split("|");
    const field = fieldName(name);
    if (!isField(field)) return `There is no field “${whole}”. There are ${MERGE_FIELDS.map((one) => `{${one}}`).join(", ")}.`;
    const lacks = products.findIndex((product) => !factsOf(product, "en")[field]);
    if (lacks >= 0 && instead.length === 0) return `${called(products, lacks)} has nothing for ${whole}. Say what stands there instead: {${field}|...}.`;
  }
  return null;
}

const isField = (name: string): name is MergeField => (MERGE_FIELDS as readonly string[]).includes(name);

function called(products: readonly ProductWish[], place: number): string {
  const name = products[place]?.name.trim();
  if (name) return name;
  return products.length > 1 ? `Product ${String(place + 1)}` : "The product";
}
