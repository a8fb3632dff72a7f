import { Wrong } from "@/components/making/wrong";
import { UploadArea } from "@/components/uploads/upload-area";
import { choose, MOST, type Insert } from "../inserts";
import type { OverProps } from "../over-part";
import { PictureLibrary } from "../products/picture-library";
import { InsertRow } from "./insert-row";

/** Each picture over the footage: how, where, when and for how long. */
export function Inserts({ wish, set, change, told }: OverProps) {
  const { inserts } = wish;
  const said = wish.way === "script" || !!wish.rest?.footage.script;
  const put = (place: number, next: Insert | null) => { set({ inserts: inserts.flatMap((one, at) => (at === place ? (next ?? []) : one)) }); };
  return (
    <>
      <p className="text-sm text-ink-2">A product, a place, a chart: framed in a part of the video, or filling it for a moment. The voice goes on.</p>
      {inserts.length > 0 && (
        <ul aria-label="Pictures over the footage" className="flex flex-col gap-2">
          {inserts.map((insert, place) => (
            <InsertRow key={`${String(place)} ${insert.asset}`} insert={insert} number={place + 1} said={said} wrong={told[`inserts.${String(place)}`]} onChange={(next) => { put(place, next); }} onRemove={() => { put(place, null); }} />
          ))}
        </ul>
      )}
      <UploadArea kind="image" place="over" onAsset={({ id }) => { change((before) => ({ inserts: choose(before.inserts, [...before.inserts.map(({ asset }) => asset), id]) })); }}>
        <PictureLibrary description={`Up to ${String(MOST)} are shown over a video.`} value={[...new Set(inserts.map(({ asset }) => asset))]} onChange={(assets) => { set({ inserts: choose(inserts, assets) }); }} />
      </UploadArea>
      <Wrong>{told.inserts}</Wrong>
    </>
  );
}
