import { useQuery } from "@tanstack/react-query";
import { Image, X } from "lucide-react";
import type { Typed } from "@/components/making/parts";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select, type Option } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { assetQuery } from "@/lib/assets";
import { at, LENGTH_S, momentOf, shown, type Insert, type Moment } from "../inserts";

interface RowProps {
  readonly insert: Insert;
  readonly number: number;
  /** Whether there are words for it to stand at. */
  readonly said: boolean;
  readonly wrong: string | undefined;
  readonly onChange: (next: Insert) => void;
  readonly onRemove: () => void;
}

const MODES: readonly Option<NonNullable<Insert["mode"]>>[] = [
  { value: "pip", label: "Framed" },
  { value: "interstitial", label: "Filling the frame" },
];
const PLACES: readonly Option<NonNullable<Insert["place"]>>[] = [
  { value: "top_left", label: "Top left" },
  { value: "top", label: "Top" },
  { value: "top_right", label: "Top right" },
  { value: "centre", label: "Centre" },
  { value: "bottom_left", label: "Bottom left" },
  { value: "bottom", label: "Bottom" },
  { value: "bottom_right", label: "Bottom right" },
];
const MOMENTS: readonly Option<Moment>[] = [
  { value: "spread", label: "Where there is room" },
  { value: "words", label: "When these words are said" },
  { value: "second", label: "At a second" },
];
const LENGTHS: readonly Option<string>[] = Array.from({ length: 10 }, (_, place) => ({ value: String(place + 1), label: `For ${String(place + 1)} s` }));

export function InsertRow({ insert, number, said, wrong, onChange, onRemove }: RowProps) {
  const { data, isPending } = useQuery(assetQuery(insert.asset));
  const name = data?.name ?? `picture ${String(number)}`;
  const mode = insert.mode ?? "pip";
  const moment = momentOf(insert);
  const length = String(Math.round(insert.length_s ?? LENGTH_S));
  return (
    <li aria-label={name} className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-3 rounded-lg border border-line p-3">
      <span className="grid size-16 place-items-center overflow-hidden rounded-md bg-sunken">
        {isPending && <Skeleton className="size-full" />}
        {data?.thumbnail_url ? <img src={data.thumbnail_url} alt="" className="size-full object-cover" /> : !isPending && <Image aria-hidden className="size-6 text-ink-3" />}
      </span>
      <div className="flex min-w-0 flex-col gap-2">
        <p className="truncate text-sm font-medium">{data?.name ?? (isPending ? " " : "is no longer there")}</p>
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
          <Select label={`How ${name} is shown`} options={MODES} value={mode} onChange={(next) => { onChange(shown(insert, next)); }} />
          {mode === "pip" && <Select label={`Where ${name} stands`} options={PLACES} value={insert.place ?? "top_left"} onChange={(place) => { onChange({ ...insert, place }); }} />}
          <Select label={`When ${name} is shown`} options={said ? MOMENTS : MOMENTS.filter(({ value }) => value !== "words")} value={!said && moment === "words" ? "spread" : moment} onChange={(next) => { onChange(at(insert, next)); }} />
          <Select label={`How long ${name} is shown`} options={LENGTHS} value={length} onChange={(next) => { onChange({ ...insert, length_s: Number(next) }); }} />
        </div>
        {said && moment === "words" && (
          <Field label="Words of the script" hideLabel error={wrong}>
            <Input value={insert.when ?? ""} maxLength={200} placeholder="Words of the script, such as: our new mug" onChange={(event: Typed) => { onChange({ ...insert, when: event.target.value }); }} />
          </Field>
        )}
        {moment === "second" && (
          <Field label="Second of the video" hideLabel error={wrong}>
            <Input type="number" min={0} max={3600} step={0.1} value={insert.at_s ?? 0} onChange={(event: Typed) => { onChange({ ...insert, at_s: Math.max(0, Number(event.target.value)) }); }} />
          </Field>
        )}
        {wrong && moment === "spread" && <p role="alert" tabIndex={-1} data-wrong className="text-xs font-medium text-bad">{wrong}</p>}
      </div>
      <Button look="quiet" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}><X aria-hidden /></Button>
    </li>
  );
}
