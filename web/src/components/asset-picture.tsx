import { Image } from "lucide-react";
import { useState } from "react";
import { cn } from "@/lib/cn";

/** The small picture of an upload; a mark where there is none, as of one that came from the web for one video. */
export function AssetPicture({ asset, className }: { readonly asset: string; readonly className: string }) {
  const [lost, setLost] = useState<string | null>(null);
  if (lost === asset) return <span aria-hidden className={cn("grid place-items-center", className)}><Image className="size-5 text-ink-3" /></span>;
  return <img src={`/v1/assets/${asset}/thumbnail`} alt="" loading="lazy" onError={() => { setLost(asset); }} className={className} />;
}
