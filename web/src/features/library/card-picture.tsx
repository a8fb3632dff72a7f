import { Film } from "lucide-react";
import { useEffect, useState } from "react";
import { useMedia } from "@/lib/hooks";
import type { VideoCard as Card } from "@/lib/api/types";

const REST_MS = 350; // a pointer that only passes by starts nothing

/** A video's picture. It plays, without sound, while a pointer rests on it. */
export function CardPicture({ video }: { readonly video: Card }) {
  const [over, setOver] = useState(false);
  const [plays, play] = useState(false);
  const may = useMedia("(hover: hover) and (prefers-reduced-motion: no-preference)");
  const [file] = video.files;
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(() => { play(true); }, REST_MS);
    return () => { clearTimeout(timer); play(false); };
  }, [over]);
  return (
    <span className="absolute inset-0" onPointerEnter={() => { setOver(may); }} onPointerLeave={() => { setOver(false); }}>
      {video.thumbnail_url ? <img src={video.thumbnail_url} alt="" loading="lazy" className="size-full object-cover" /> : <Film aria-hidden className="absolute inset-0 m-auto size-8 text-ink-3" />}
      {plays && file && <video src={file.url} muted loop autoPlay playsInline preload="auto" aria-hidden tabIndex={-1} className="absolute inset-0 size-full object-cover" />}
    </span>
  );
}
