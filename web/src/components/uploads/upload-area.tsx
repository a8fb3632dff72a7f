import type { Asset } from "@/lib/api/types";

export interface UploadAreaProps {
  readonly kind: "footage" | "music" | "image";
  /** Called once for each file that is there and can be used. */
  readonly onAsset?: (asset: Asset) => void;
}

export function UploadArea({ kind }: UploadAreaProps) {
  return <p>{kind}</p>;
}
