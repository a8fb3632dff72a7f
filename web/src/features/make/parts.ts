import type { Options } from "@/lib/api/types";
import type { Wish } from "./brief";

export interface PartProps {
  readonly wish: Wish;
  readonly set: (part: Partial<Wish>) => void;
  readonly options: Options;
}
