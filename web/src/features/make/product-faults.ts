import { z } from "@/lib/zod";
import { mergeFault } from "./merging";
import { amount, MOST, shownOf, type Goods } from "./products";

const line = (most: number) => z.string().trim().max(most, `At most ${String(most)} characters.`);
const price = z.string().trim().refine((typed) => typed === "" || (/^\d{1,9}([.,]\d{1,4})?$/.test(typed) && Number(amount(typed)) > 0), "A price such as 19.90.");
const address = z.string().trim().max(2000, "This address is too long.").regex(/^https:\/\/[^\s/]+\/?\S*$/, "An address that begins with https:// is needed.");

const product = z
  .object({
    name: line(MOST.name).min(1, "Give it a name.").regex(/[\p{L}\p{N}]|^$/u, "A name needs a letter or a figure."),
    brand: line(MOST.brand),
    description: line(MOST.description),
    badge: line(MOST.badge),
    price,
    sale_price: price,
    pictures: z.array(z.string()),
    picture_urls: z.array(address),
  })
  .superRefine((made, context) => {
    const say = (path: string, message: string) => { context.addIssue({ code: "custom", path: [path], message }); };
    const pictures = made.pictures.length + made.picture_urls.length;
    if (pictures === 0) say("pictures", "Add at least one picture.");
    if (pictures > MOST.pictures) say("pictures", `At most ${String(MOST.pictures)} pictures are shown of a product; take ${String(pictures - MOST.pictures)} out.`);
    if (!made.sale_price) return;
    if (!made.price) say("price", "A sale price needs the price it is lower than.");
    else if (Number(amount(made.sale_price)) >= Number(amount(made.price))) say("sale_price", "It is not lower than the price.");
  });

interface Limits {
  readonly script_chars: number;
  readonly footage_per_job?: number;
}

/** What is wrong with the form of products, by field (`products.0.sale_price`), in words. */
export function productFaults(goods: Goods, limits: Limits): Readonly<Record<string, string>> {
  const told: Record<string, string> = {};
  const shown = shownOf(goods);
  const form = z.object({ products: z.array(product), call: line(MOST.call) });
  for (const { path, message } of form.safeParse({ products: shown, call: goods.call }).error?.issues ?? []) told[path.join(".")] ??= message;
  const most = limits.footage_per_job ?? Infinity;
  const pictures = new Set(shown.flatMap((one) => [...one.pictures, ...one.picture_urls])).size;
  if (pictures > most) told[`products.${String(shown.length - 1)}.pictures`] ??= `All products together may have ${String(most)} pictures; there are ${String(pictures)}.`;
  const script = pitchFault(goods, limits.script_chars);
  return script === null ? told : { ...told, script };
}

function pitchFault(goods: Goods, most: number): string | null {
  if (goods.pitch === null) return null;
  const text = goods.pitch.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return "Write what shall be said, or have it written for you.";
  if (text.length > most) return `At most ${String(most)} characters.`;
  return mergeFault(text, shownOf(goods));
}
