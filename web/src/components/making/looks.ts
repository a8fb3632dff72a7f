import type { ProductBrief } from "@/lib/api/types";

export type TemplateName = ProductBrief["template"];
export type CardLook = ProductBrief["look"];

export const TEMPLATES: Readonly<Record<TemplateName, { readonly label: string; readonly words: string }>> = {
  spotlight: { label: "Spotlight", words: "One product, calm: its pictures above, name and price below." },
  sale: { label: "Sale", words: "One product, its discount large across the picture." },
  collection: { label: "Collection", words: "Up to 12 products, one after the other." },
};
export const LOOK: CardLook = { background: "#15181D", text: "#FFFFFF", accent: "#FFD60A", font: "Poppins" };

type Colours = Omit<CardLook, "font">;

/** Colours that go together. */
export const PALETTES: Readonly<Record<string, Colours>> = {
  Night: { background: LOOK.background, text: LOOK.text, accent: LOOK.accent },
  Paper: { background: "#F4ECE4", text: "#1E1B18", accent: "#A8481F" },
  Sale: { background: "#7A1020", text: "#FFFFFF", accent: "#FFE14D" },
  Forest: { background: "#12372A", text: "#FBFADA", accent: "#ADD899" },
  Sea: { background: "#0B2545", text: "#FFFFFF", accent: "#8DD7F7" },
  Plain: { background: "#FFFFFF", text: "#191920", accent: "#5546D0" },
};

export const sameColours = (look: Colours, { background, text, accent }: Colours): boolean =>
  look.background === background && look.text === text && look.accent === accent;
