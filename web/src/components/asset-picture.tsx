import { Image } from "lucide-react";
import { PictureOr } from "@/components/picture-or";
import { cn } from "@/lib/cn";

/** The small picture of an upload; a mark where there is none, as of one that came from the web for one video. */
export function AssetPicture({ asset, className }: { readonly asset: string; readonly className: string }) {
  const mark = <span aria-hidden className={cn("grid place-items-center", className)}><Image className="size-5 text-ink-3" /></span>;
  return <PictureOr src={`/v1/assets/${asset}/thumbnail`} instead={mark} className={className} />;
}
