import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Check, Film } from "lucide-react";
import { useState, type ReactNode } from "react";
import { AssetFilters, type Narrow } from "@/components/asset-filters";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { Skeleton } from "@/components/ui/skeleton";
import { assetsQuery } from "@/lib/assets";
import { cn } from "@/lib/cn";
import { clock } from "@/lib/format";
import type { Asset } from "@/lib/api/types";

interface PickerProps {
  /** Ids of assets, in the order they were chosen. */
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly kind?: Asset["kind"];
  /** What they are called. */
  readonly label?: string;
  /** Stands where there are none. */
  readonly empty?: ReactNode;
}

const MANY = 12; // from so many on they are searched

/** The clips there are, to choose some of. */
export function ClipPicker({ value, onChange, kind = "footage", label = "Your clips", empty = null }: PickerProps) {
  const [narrow, setNarrow] = useState<Narrow>({});
  const clips = useInfiniteQuery({ ...assetsQuery({ kind, ...narrow }), placeholderData: keepPreviousData });
  if (clips.isPending) return <div className="grid grid-cols-3 gap-2 sm:grid-cols-5">{[0, 1, 2].map((place) => <Skeleton key={place} className="aspect-square" />)}</div>;
  if (!clips.data) return <FaultPanel error={clips.error} onRetry={() => void clips.refetch()} />;
  const all = clips.data.pages.flatMap((page) => page.items);
  const turn = (id: string) => { onChange(value.includes(id) ? value.filter((one) => one !== id) : [...value, id]); };
  const narrowed = Object.keys(narrow).length > 0;
  if (all.length === 0 && !narrowed) return empty;
  return (
    <>
      {(narrowed || all.length >= MANY) && <AssetFilters narrow={narrow} onChange={setNarrow} />}
      {all.length === 0 && <p className="text-sm text-ink-2">Nothing fits. What you chose stays chosen.</p>}
      <ul aria-label={label} className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {all.map((clip) => <Clip key={clip.id} clip={clip} chosen={value.includes(clip.id)} onTurn={() => { turn(clip.id); }} />)}
      </ul>
      <More list={clips} />
    </>
  );
}

interface ClipProps {
  readonly clip: Asset;
  readonly chosen: boolean;
  readonly onTurn: () => void;
}

function Clip({ clip, chosen, onTurn }: ClipProps) {
  return (
    <li className="min-w-0">
      <label className={cn("block cursor-pointer rounded-md border-2 p-0.5 has-focus-visible:outline-2 has-focus-visible:outline-accent", chosen ? "border-accent" : "border-transparent hover:border-line-strong")}>
        <input type="checkbox" className="sr-only" checked={chosen} onChange={onTurn} aria-label={clip.name} />
        <span className="relative block aspect-square overflow-hidden rounded bg-sunken">
          {clip.thumbnail_url ? <img src={clip.thumbnail_url} alt="" loading="lazy" className="size-full object-cover" /> : <Film aria-hidden className="m-auto size-full p-8 text-ink-3" />}
          {chosen && <span className="absolute top-1 right-1 rounded-full bg-accent p-1 text-accent-ink"><Check aria-hidden className="size-3.5" /></span>}
          {clip.facts.duration_s > 0 && <span className="figures absolute right-1 bottom-1 rounded bg-black/70 px-1 text-xs text-white">{clock(clip.facts.duration_s)}</span>}
        </span>
        <span className="block truncate px-0.5 pt-1 text-xs text-ink-2">{clip.name}</span>
      </label>
    </li>
  );
}
