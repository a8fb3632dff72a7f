import { Skeleton } from "@/components/ui/skeleton";
import type { VideoCard as Card } from "@/lib/api/types";
import { VideoCard } from "./video-card";

const GRID = "grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-5";

interface GridProps {
  readonly videos: readonly Card[];
  readonly chosen: ReadonlySet<string>;
  readonly onTurn: (id: string) => void;
}

export function VideoGrid({ videos, chosen, onTurn }: GridProps) {
  return (
    <ul aria-label="Videos" className={GRID}>
      {videos.map((video) => <VideoCard key={video.id} video={video} chosen={chosen.has(video.id)} onTurn={() => { onTurn(video.id); }} />)}
    </ul>
  );
}

export const GridSkeleton = () => (
  <div className={GRID} aria-hidden>
    {Array.from({ length: 5 }, (_, place) => <Skeleton key={place} className="aspect-[9/16]" />)}
  </div>
);
