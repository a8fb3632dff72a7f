import type { CSSProperties } from "react";
import type { components } from "@/lib/api/schema";

export type LogoChoice = components["schemas"]["LogoChoice"];

/** A logo where a video will have it, over a picture of one. It is fitted into a square, within the safe zone. */
export function LogoMark({ logo }: { readonly logo: LogoChoice }) {
  const [edge, side] = logo.corner.split("_") as ["top" | "bottom", "left" | "right"];
  // Of a picture's width; what the apps draw over it is kept clear.
  const place: CSSProperties = {
    width: `${String(logo.size * 100)}%`,
    opacity: logo.opacity,
    [side]: `${String(6 + logo.margin * 100)}%`,
    [edge]: edge === "top" ? "8%" : "20%",
  };
  return <img src={`/v1/assets/${logo.asset}/file`} alt="" style={place} className="absolute aspect-square object-contain" />;
}
