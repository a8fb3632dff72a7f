import { Part } from "../part";
import type { Change, ToldProps } from "../parts";
import { LookPart } from "./look-part";
import { ProductList } from "./product-list";
import { SayingPart } from "./saying-part";
import { TemplatePicker } from "./template-picker";

/** From what is known of a product, or of a few, to a video. */
export function ProductParts({ change, ...part }: ToldProps & { readonly change: Change }) {
  return (
    <>
      <Part title="1. Show it">
        <TemplatePicker {...part} />
        <ProductList {...part} change={change} />
      </Part>
      <Part title="2. Say it"><SayingPart {...part} /></Part>
      <Part title="Look"><LookPart {...part} /></Part>
    </>
  );
}
