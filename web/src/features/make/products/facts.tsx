import { CurrencySelect } from "@/components/making/currency-select";
import type { Typed } from "@/components/making/parts";
import { Field, Input, TextArea } from "@/components/ui/field";
import { count } from "@/lib/format";
import { factsOf } from "../merging";
import { MOST } from "../products";
import type { EditorProps } from "./product-editor";

type FactsProps = Pick<EditorProps, "product" | "told" | "onSet" | "language"> & { readonly own: string };
type LineName = "name" | "brand" | "badge" | "price" | "sale_price";

/** What is known of a product. */
export function Facts({ product, told, onSet, language, own }: FactsProps) {
  const discount = factsOf(product, language).discount;
  const line = (name: LineName, most: number, more: { readonly placeholder?: string; readonly inputMode?: "decimal" } = {}) => (
    <Input {...more} value={product[name]} maxLength={most} autoComplete="off" onChange={(event: Typed) => { onSet({ [name]: event.target.value }); }} />
  );
  const wrong = (name: LineName | "description") => told[`${own}.${name}`];
  return (
    <>
      <Field label="Name" error={wrong("name")}>{line("name", MOST.name, { placeholder: "Stoneware mug, hand glazed" })}</Field>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Field label="Price" error={wrong("price")}>{line("price", 14, { inputMode: "decimal", placeholder: "24.90" })}</Field>
        <Field label="Sale price" error={wrong("sale_price")} hint={discount && `That is ${discount}.`}>{line("sale_price", 14, { inputMode: "decimal", placeholder: "none" })}</Field>
        <Field label="Currency" className="col-span-2 sm:col-span-1">
          <CurrencySelect value={product.currency} onChange={(currency) => { onSet({ currency }); }} />
        </Field>
      </div>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Brand" error={wrong("brand")}>{line("brand", MOST.brand)}</Field>
        <Field label="Badge" error={wrong("badge")} hint={discount ? "On the picture. Without one: the discount." : "A word on the picture, such as New."}>{line("badge", MOST.badge)}</Field>
      </div>
      <Field label="Description" error={wrong("description")} hint="Two or three sentences are enough: they are what is said." aside={product.description.length > 500 && `${count(product.description.length)} of ${count(MOST.description)} characters`}>
        <TextArea rows={3} className="min-h-20" maxLength={MOST.description} value={product.description} onChange={(event) => { onSet({ description: event.target.value }); }} />
      </Field>
    </>
  );
}
