export interface VariantPanelProps {
  /** The video's id. */
  readonly video: string;
}

/** All that there is to one variant: player, downloads, match report, timeline, review, making it again. */
export function VariantPanel({ video }: VariantPanelProps) {
  return <p>{video}</p>;
}
