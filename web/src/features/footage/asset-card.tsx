import { Link } from "@tanstack/react-router";
import { Film, Heart, Music } from "lucide-react";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import { bytes, clock, percent } from "@/lib/format";
import type { Asset } from "@/lib/api/types";

interface CardProps {
  readonly asset: Asset;
  readonly chosen: boolean;
  /** Where several can be chosen. */
  readonly onTurn?: () => void;
}

export function AssetCard({ asset, chosen, onTurn }: CardProps) {
  const Mark = asset.kind === "music" ? Music : Film;
  return (
    <li className={cn("relative min-w-0 rounded-lg border bg-surface p-1.5 shadow-low", chosen ? "border-accent" : "border-line hover:border-line-strong")}>
      {onTurn && <input type="checkbox" checked={chosen} onChange={onTurn} aria-label={`Choose ${asset.name}`} className="absolute top-3 left-3 z-10 size-5 accent-accent" />}
      <Link to="/footage/$asset" params={{ asset: asset.id }} className="relative block aspect-video overflow-hidden rounded-md bg-sunken">
        <span className="sr-only">{asset.name}</span>
        {asset.thumbnail_url ? <img src={asset.thumbnail_url} alt="" loading="lazy" className="size-full object-cover" /> : <Mark aria-hidden className="absolute inset-0 m-auto size-7 text-ink-3" />}
        {asset.favourite && <Heart aria-label="Favourite" className="absolute top-1.5 right-1.5 size-4 fill-current text-white drop-shadow" />}
        {asset.facts.duration_s > 0 && <span className="figures absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1.5 text-xs text-white">{clock(asset.facts.duration_s)}</span>}
      </Link>
      <p className="truncate px-1 pt-1.5 text-sm font-medium" title={asset.name}>{asset.name}</p>
      <p className="figures truncate px-1 text-xs text-ink-3">{stateOf(asset)}</p>
      {asset.progress !== null && <Progress label={`Looking through ${asset.name}`} share={asset.progress} className="mx-1 mt-1" />}
    </li>
  );
}

function stateOf(asset: Asset): string {
  if (asset.fault) return asset.fault.message;
  if (asset.progress !== null) return `being looked through, ${percent(asset.progress)}`;
  const size = asset.facts.width > 0 ? `${String(asset.facts.width)} × ${String(asset.facts.height)}, ` : "";
  return size + bytes(asset.size);
}
