import { ClipPicker } from "@/components/clip-picker";
import { Wrong } from "@/components/making/wrong";
import { UploadArea } from "@/components/uploads/upload-area";
import { OverPart } from "./over-part";
import type { Change, ToldProps } from "./parts";

/** The clips whose moments are shown. */
export function ShowPart({ wish, set, change, told }: Omit<ToldProps, "options"> & { readonly change: Change }) {
  return (
    <>
      <UploadArea kind="footage" onAsset={(asset) => { change(({ footage }) => ({ footage: [...new Set([...footage, asset.id])] })); }} />
      <ClipPicker value={wish.footage} onChange={(footage) => { set({ footage }); }} />
      <Wrong>{told.footage}</Wrong>
      <OverPart wish={wish} set={set} change={change} told={told} />
    </>
  );
}
