import { expect, it } from "vitest";
import { factsOf, filled, mergeFault } from "./merging";
import { blank } from "./products";

const MUG = { ...blank("EUR"), name: "Mug {350 ml}", price: "24,90", sale_price: "19.90" };

it("writes what a product is known by as its language does", () => {
  const facts = factsOf(MUG, "de");
  expect(facts.price.replace(/\s/gu, " ")).toBe("19,90 €");
  expect(facts.old_price.replace(/\s/gu, " ")).toBe("24,90 €");
  expect(facts.discount).toBe("−20 %");
  expect(factsOf({ ...MUG, sale_price: "" }, "en")).toMatchObject({ price: "€24.90", old_price: "", discount: "" });
  expect(factsOf({ ...MUG, price: "a few" }, "en").price).toBe("");
});

it("puts facts in place of fields, and leaves what it has nothing for", () => {
  const facts = factsOf(MUG, "en");
  expect(filled("{Name} now {price}, {{so}} {brand|from us}, {brand}", facts)).toBe("Mug {350 ml} now €19.90, {so} from us, {brand}");
});

it.each([
  ["{name} for {old price}, {brand|ours}", null],
  ["{name", /“\{” without its other half/],
  ["{colour}", /no field “\{colour\}”/],
  ["{name} by {brand}", /Mug \{350 ml\} has nothing for \{brand\}.*\{brand\|\.\.\.\}/],
])("says what is wrong with %s", (text, said) => {
  const fault = mergeFault(text, [MUG]);
  if (said === null) expect(fault).toBeNull();
  else expect(fault).toMatch(said);
});
