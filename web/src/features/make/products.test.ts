import { expect, it } from "vitest";
import type { ProductBrief } from "@/lib/api/types";
import { Fault } from "@/lib/faults";
import { briefOf, EMPTY, missing, refused, summary, wishOf, type Wish } from "./brief";
import { productFaults } from "./product-faults";
import { blank, type ProductWish } from "./products";

const LIMITS = { script_chars: 100, footage_per_job: 60 };
const MUG: ProductWish = { ...blank("RON"), name: " Cană ", price: "99,90", sale_price: "79.90", pictures: ["front", "side"], picture_urls: [" https://shop.test/a.jpg "] };
const wish = (part: Partial<Wish> = {}): Wish => ({ ...EMPTY, way: "product", products: [MUG], ...part });

it("sends a product as it was typed, and leaves out what it has nothing for", () => {
  expect(briefOf(wish({ script: "of another way", footage: ["clip"], call: " Order now " }))).toEqual({
    kind: "product", template: "spotlight", variants: 1, quality: "final", language: "en", call: "Order now",
    look: { background: "#15181D", text: "#FFFFFF", accent: "#FFD60A", font: "Poppins" },
    products: [{ name: "Cană", price: { amount: "99.90", currency: "RON" }, sale_price: { amount: "79.90", currency: "RON" }, pictures: ["front", "side"], picture_urls: ["https://shop.test/a.jpg"] }],
  });
});

it("sends several products of a collection, one of all else, and words only if they are the user's", () => {
  const two = [MUG, { ...MUG, key: "other", name: "Other" }];
  expect(briefOf(wish({ products: two }))).toMatchObject({ products: [{ name: "Cană" }] });
  expect(briefOf(wish({ products: two, template: "collection", pitch: "{name}." }))).toMatchObject({ products: [{ name: "Cană" }, { name: "Other" }], script: "{name}." });
});

it("opens a form that asks for the same again", () => {
  const sent = briefOf(wish({ pitch: "{name} for {price}.", language: "ro", draft: true, voice: { provider: "piper", name: "mihai" } })) as unknown as ProductBrief;
  const defaults = { title: "", call: "", review: [], subtitles: {}, music: null, presets: ["tiktok"] };
  const products = sent.products.map((product) => Object.assign({ brand: "", description: "", badge: "" }, product));
  const again = briefOf(wishOf({ ...defaults, ...sent, products }));
  expect(again).toEqual({ ...sent, presets: ["tiktok"] });
});

it("leaves what it has no fields for as it was, until that is left out", () => {
  const branding = { logo: { asset: "logo" } };
  const voice = { provider: "elevenlabs", name: "v1", speed: 1.2, stability: 0.9 };
  const asked = { ...briefOf(wish()), title: "", call: "", script: "", review: [], subtitles: {}, music: null, presets: ["tiktok"], project: "shop", branding, voice };
  const again = wishOf(asked as unknown as ProductBrief);
  expect(briefOf(again)).toMatchObject({ project: "shop", branding, voice });
  expect(briefOf({ ...again, rest: null })).not.toHaveProperty("branding");
});

it.each<[string, Partial<ProductWish>, Record<string, RegExp>]>([
  ["nothing", blank(), { "products.0.name": /name/, "products.0.pictures": /at least one/ }],
  ["no letter", { name: "***" }, { "products.0.name": /letter/ }],
  ["a price in words", { price: "much" }, { "products.0.price": /19\.90/ }],
  ["nothing to pay", { price: "0", sale_price: "" }, { "products.0.price": /19\.90/ }],
  ["no lower price", { sale_price: "99.90" }, { "products.0.sale_price": /not lower/ }],
  ["no price it is lower than", { price: "" }, { "products.0.price": /needs the price/ }],
  ["an address without its beginning", { picture_urls: ["https://shop.test/a.jpg", "shop.test/b.jpg"] }, { "products.0.picture_urls.1": /https/ }],
  ["too many pictures", { pictures: Array.from({ length: 12 }, String) }, { "products.0.pictures": /take 1 out/ }],
])("says beside the field what is wrong: %s", (_, part, said) => {
  const told = missing(wish({ products: [{ ...MUG, ...part }] }), LIMITS, productFaults);
  expect(Object.keys(told)).toEqual(Object.keys(said));
  for (const [field, words] of Object.entries(said)) expect(told[field]).toMatch(words);
});

it("takes words for granted only if every product has the facts for them", () => {
  expect(missing(wish(), LIMITS, productFaults)).toEqual({});
  expect(missing(wish({ pitch: "{name} by {brand}." }), LIMITS, productFaults).script).toMatch(/nothing for \{brand\}/);
  expect(missing(wish({ pitch: "..." }), LIMITS, productFaults).script).toMatch(/Write what/);
});

it("has a place for what the gateway refuses of a product", () => {
  const pointers = ["/products/0/picture_urls/1", "/products/1/price/amount", "/products/0/pictures/3", "/products/0", "/call", "/script"];
  const fault = (more: string[]) => new Fault({ code: "url_forbidden", title: "", detail: "", fields: [...pointers, ...more].map((pointer) => ({ pointer, message: pointer })) });
  const { told, all } = refused(fault([]));
  expect(Object.keys(told)).toEqual(["products.0.picture_urls.1", "products.1.price", "products.0.pictures", "products.0", "call", "script"]);
  expect(all).toBe(true);
  expect(refused(fault([""])).all).toBe(false);
});

it("does not guess how long words take that nobody has written", () => {
  expect(summary(wish())).toBe("1 video");
  expect(summary(wish({ pitch: "one two three four five {name}" }))).toBe("1 video, about 2 s");
});
