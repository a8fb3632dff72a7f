import { useQuery } from "@tanstack/react-query";
import { Image, ImageOff, Star, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { assetQuery } from "@/lib/assets";
import { cn } from "@/lib/cn";

interface TileProps {
  readonly id: string;
  /** The one that is shown first and longest. */
  readonly main: boolean;
  readonly onFirst: () => void;
  readonly onRemove: () => void;
}

const ON_PICTURE = "size-7 bg-black/65 text-white hover:bg-black/85 hover:text-white pointer-coarse:size-9";

export function PictureTile({ id, main, onFirst, onRemove }: TileProps) {
  const { data, isPending } = useQuery(assetQuery(id));
  const name = data?.name ?? "this picture";
  return (
    <li className={cn("relative size-24 overflow-hidden rounded-md border-2 bg-sunken", main ? "border-accent" : "border-line")} title={data?.name}>
      {isPending && <Skeleton className="size-full" />}
      {data?.thumbnail_url && <img src={data.thumbnail_url} alt={data.name} className="size-full object-cover" />}
      {!isPending && !data?.thumbnail_url && <Missing gone={!data} name={name} />}
      <span className="absolute top-1 right-1 flex gap-1">
        {!main && <Button look="quiet" size="icon" className={ON_PICTURE} aria-label={`Show ${name} first`} onClick={onFirst}><Star aria-hidden /></Button>}
        <Button look="quiet" size="icon" className={ON_PICTURE} aria-label={`Remove ${name}`} onClick={onRemove}><X aria-hidden /></Button>
      </span>
      {main && <span className="absolute bottom-0 left-0 rounded-tr-md bg-accent px-1.5 text-xs font-medium text-accent-ink">First</span>}
    </li>
  );
}

function Missing({ gone, name }: { readonly gone: boolean; readonly name: string }) {
  const Icon = gone ? ImageOff : Image;
  return (
    <span className="flex size-full flex-col items-center justify-center gap-1 p-1 text-center text-xs text-ink-2">
      <Icon aria-hidden className="size-5" />
      <span className="line-clamp-2 break-all">{gone ? "is no longer there" : name}</span>
    </span>
  );
}
