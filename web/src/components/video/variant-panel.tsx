import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { videoQuery } from "./api";
import { CheckNote } from "./check";
import { Downloads } from "./downloads";
import { MatchReport } from "./match-report";
import { Player } from "./player";
import { Restyle } from "./restyle";
import { ReviewNote } from "./review-note";
import { TimelineStrip } from "./timeline-strip";

export interface VariantPanelProps {
  /** The video's id. */
  readonly video: string;
}

/** All that there is to one variant: player, downloads, match report, timeline, review, making it again. */
export function VariantPanel({ video: id }: VariantPanelProps) {
  const video = useQuery(videoQuery(id));
  const screen = useRef<HTMLVideoElement>(null);
  if (video.isPending) return <Skeleton className="h-72" />;
  if (!video.data) return <FaultPanel error={video.error} onRetry={() => void video.refetch()} />;
  const planned = video.data.steps.some((step) => step.step === "footage" && step.state === "done");
  const seek = (seconds: number) => {
    if (screen.current) screen.current.currentTime = seconds;
  };
  return (
    <div className="flex flex-col gap-5">
      {video.data.review && <ReviewNote video={video.data} />}
      <div className="grid grid-cols-1 items-start gap-5 md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-4">
          <Player ref={screen} video={video.data} />
          {video.data.check && <CheckNote check={video.data.check} onSeek={seek} />}
          {video.data.files.length > 0 && <Downloads video={video.data} />}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          {planned && <Card className="p-4"><TimelineStrip video={id} onSeek={seek} /></Card>}
          {planned && <Card className="p-4"><MatchReport video={video.data} /></Card>}
          {planned && <Restyle video={video.data} />}
        </div>
      </div>
    </div>
  );
}
