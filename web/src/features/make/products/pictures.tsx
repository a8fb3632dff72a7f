import { Link2, X } from "lucide-react";
import type { Typed } from "@/components/making/parts";
import { Wrong } from "@/components/making/wrong";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { UploadArea } from "@/components/uploads/upload-area";
import { MOST } from "../products";
import { PictureLibrary } from "./picture-library";
import { PictureTile } from "./picture-tile";
import type { EditorProps } from "./product-editor";

type PicturesProps = Pick<EditorProps, "product" | "told" | "onSet" | "onChange"> & { readonly own: string };

/** The pictures of a product: uploaded now or before, or somewhere on the web. */
export function Pictures({ product, told, onSet, onChange, own }: PicturesProps) {
  const { pictures, picture_urls: urls } = product;
  const wrong = told[`${own}.pictures`];
  const first = (id: string) => { onSet({ pictures: [id, ...pictures.filter((one) => one !== id)] }); };
  const set = (place: number, url: string) => { onSet({ picture_urls: urls.map((one, at) => (at === place ? url : one)) }); };
  return (
    <div role="group" aria-label="Pictures" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <p className="text-sm font-medium">Pictures</p>
        <p className="figures text-xs text-ink-3">{pictures.length + urls.length} of {MOST.pictures}</p>
      </div>
      {pictures.length > 0 && (
        <ul aria-label="Chosen pictures" className="flex flex-wrap gap-2">
          {pictures.map((id, place) => (
            <PictureTile key={id} id={id} main={place === 0} onFirst={() => { first(id); }} onRemove={() => { onSet({ pictures: pictures.filter((one) => one !== id) }); }} />
          ))}
        </ul>
      )}
      <UploadArea kind="image" place={product.key} onAsset={({ id }) => { onChange((before) => ({ pictures: [...new Set([...before.pictures, id])] })); }}>
        <PictureLibrary value={pictures} onChange={(next) => { onSet({ pictures: next }); }} />
        <Button size="sm" onClick={() => { onSet({ picture_urls: [...urls, ""] }); }}><Link2 aria-hidden />By address</Button>
      </UploadArea>
      {urls.map((url, place) => (
        <Field key={place} label={`Address of picture ${String(place + 1)}`} hideLabel error={told[`${own}.picture_urls.${String(place)}`]}>
          <div className="flex items-center gap-1">
            <Input type="url" inputMode="url" placeholder="https://shop.example/mug.jpg" value={url} onChange={(event: Typed) => { set(place, event.target.value); }} />
            <Button look="quiet" size="icon" aria-label={`Remove address ${String(place + 1)}`} onClick={() => { onSet({ picture_urls: urls.filter((_, at) => at !== place) }); }}><X aria-hidden /></Button>
          </div>
        </Field>
      ))}
      <Wrong>{wrong}</Wrong>
      {!wrong && urls.length > 0 && <p className="text-xs text-ink-3">Pictures by address are fetched while the video is made.</p>}
    </div>
  );
}
