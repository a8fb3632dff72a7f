import { useState, type ReactNode } from "react";

interface PictureProps {
  readonly src: string | null;
  /** Stands where there is no picture, or none that can be had. */
  readonly instead: ReactNode;
  readonly className: string;
}

/** A picture beside words that say what it is of. */
export function PictureOr({ src, instead, className }: PictureProps) {
  const [lost, setLost] = useState<string | null>(null);
  if (!src || src === lost) return instead;
  return <img src={src} alt="" loading="lazy" onError={() => { setLost(src); }} className={className} />;
}
