import { ClipPicker } from "@/components/clip-picker";
import { LookEditor } from "@/components/making/look-editor";
import { type CardLook, type TemplateName } from "@/components/making/looks";
import type { MakingProps } from "@/components/making/parts";
import type { Written } from "@/components/making/sketch";
import { TemplatePicker } from "@/components/making/template-picker";
import { Wrong } from "@/components/making/wrong";
import { UploadArea } from "@/components/uploads/upload-area";
import type { RowPreview } from "./shown";
import { priceOf } from "./shown";
import { kindOf, type BatchWish, type Told } from "./wish";

interface ShowingProps extends MakingProps<BatchWish> {
  readonly told: Told;
  readonly brand: CardLook | null;
  /** What the first row becomes, as far as it is known. */
  readonly first: RowPreview | undefined;
}

const OF_ONE: readonly TemplateName[] = ["spotlight", "sale"];

/** How each product is shown, or which clips a script is shown with. */
export function ShowingPart({ wish, set, options, told, brand, first }: ShowingProps) {
  if (kindOf(wish) === "script") {
    return (
      <>
        <p className="text-sm text-ink-2">For each sentence of each video the best moments of these clips are found.</p>
        <UploadArea kind="footage" place="batch-clips" onAsset={({ id }) => { set({ footage: [...new Set([...wish.footage, id])] }); }} />
        <ClipPicker value={wish.footage} onChange={(footage) => { set({ footage }); }} />
        <Wrong>{told.footage}</Wrong>
      </>
    );
  }
  return (
    <>
      <TemplatePicker value={wish.template} onChange={(template) => { set({ template }); }} look={wish.look} of={OF_ONE} />
      <LookEditor look={wish.look} onChange={(look) => { set({ look }); }} template={wish.template} written={writtenOf(first, wish)} options={options} brand={brand} error={told.look} />
    </>
  );
}

function writtenOf(first: RowPreview | undefined, { call, language }: BatchWish): Written {
  const product = first?.brief?.kind === "product" ? first.brief.products[0] : undefined;
  const { now, before, discount } = priceOf(product, language);
  return {
    name: product?.name ?? first?.label ?? "", brand: product?.brand ?? "", price: now, old_price: before, badge: [product?.badge, discount].find(Boolean) ?? "", call: call.trim(),
    picture: null, // it lies at the shop, and this page asks no other host
  };
}
