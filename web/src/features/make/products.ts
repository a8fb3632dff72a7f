import { LOOK, type CardLook, type TemplateName } from "@/components/making/looks";
import type { ProductBrief, Sent } from "@/lib/api/types";

type ShownProduct = ProductBrief["products"][number];

/** A product as it is typed: prices are text until they are sent. Fields have the gateway's names. */
export interface ProductWish {
  readonly key: string;
  readonly name: string;
  readonly brand: string;
  readonly description: string;
  readonly badge: string;
  readonly price: string;
  readonly sale_price: string;
  readonly currency: string;
  /** Ids of uploads, the main one first. */
  readonly pictures: readonly string[];
  readonly picture_urls: readonly string[];
}

/** What the form of products holds. */
export interface Goods {
  readonly template: TemplateName;
  readonly products: readonly ProductWish[];
  /** Said of each product; null: written for the user. */
  readonly pitch: string | null;
  readonly call: string;
  readonly look: CardLook;
}

export const MOST = { products: 12, pictures: 12, name: 300, brand: 80, description: 5000, badge: 20, call: 40 } as const;

/** An empty product, in the currency of the one before. */
export function blank(currency = "EUR"): ProductWish {
  const key = `product-${Math.random().toString(36).slice(2, 10)}`;
  return { key, name: "", brand: "", description: "", badge: "", price: "", sale_price: "", currency, pictures: [], picture_urls: [] };
}

export const NO_GOODS: Goods = { template: "spotlight", products: [blank()], pitch: null, call: "", look: LOOK };

/** Those that the template shows. The others are kept for when it is a collection again. */
export const shownOf = ({ template, products }: Pick<Goods, "template" | "products">): readonly ProductWish[] =>
  template === "collection" ? products : products.slice(0, 1);

/** "79,90" as a number is written for machines. */
export const amount = (typed: string): string => typed.trim().replace(",", ".");

const priced = (typed: string, currency: string) => (typed.trim() ? { amount: amount(typed), currency } : null);

/** What of the form goes into a brief. */
export function goodsSent(goods: Goods): Sent<Pick<ProductBrief, "template" | "products" | "script" | "call" | "look">> {
  const { pitch, call, look, template } = goods;
  return {
    template,
    products: shownOf(goods).map(productSent),
    look,
    ...(pitch?.trim() && { script: pitch.trim() }),
    ...(call.trim() && { call: call.trim() }),
  };
}

function productSent(product: ProductWish): Sent<ShownProduct> {
  const { brand, description, badge, currency } = product;
  const price = priced(product.price, currency);
  const sale_price = priced(product.sale_price, currency);
  return {
    name: product.name.trim(),
    ...(brand.trim() && { brand: brand.trim() }),
    ...(description.trim() && { description: description.trim() }),
    ...(badge.trim() && { badge: badge.trim() }),
    ...(price && { price }),
    ...(sale_price && { sale_price }),
    ...(product.pictures.length > 0 && { pictures: product.pictures }),
    ...(product.picture_urls.length > 0 && { picture_urls: product.picture_urls.map((url) => url.trim()) }),
  };
}

/** The form that would have asked for these products. */
export function goodsOf({ template, products, script, call, look }: ProductBrief): Goods {
  return { template, products: products.map(productOf), pitch: script || null, call, look };
}

function productOf(shown: ShownProduct): ProductWish {
  const { price, sale_price, ...same } = shown;
  const typed = (one: ShownProduct["price"]) => (one ? String(one.amount) : "");
  return { ...blank(price?.currency), ...same, price: typed(price), sale_price: typed(sale_price) };
}
