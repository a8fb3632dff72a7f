import { Part } from "@/components/making/part";
import { TemplatePicker } from "@/components/making/template-picker";
import type { Change, ToldProps } from "../parts";
import { LookPart } from "./look-part";
import { ProductList } from "./product-list";
import { SayingPart } from "./saying-part";

/** From what is known of a product, or of a few, to a video. */
export function ProductParts({ change, ...part }: ToldProps & { readonly change: Change }) {
  return (
    <>
      <Part title="1. Show it">
        <TemplatePicker value={part.wish.template} look={part.wish.look} onChange={(template) => { part.set({ template }); }} />
        <ProductList {...part} change={change} />
      </Part>
      <Part title="2. Say it"><SayingPart {...part} /></Part>
      <Part title="Look"><LookPart {...part} /></Part>
    </>
  );
}
