import type { Options } from "@/lib/api/types";
import type { Told, Wish } from "./brief";

export interface PartProps {
  readonly wish: Wish;
  readonly set: (part: Partial<Wish>) => void;
  readonly options: Options;
}

export interface ToldProps extends PartProps {
  readonly told: Told;
}

/** Adds to a wish as it is by then, such as when an upload has arrived. */
export type Change = (with_: (before: Wish) => Partial<Wish>) => void;
