import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SubtitleEditor, type SubtitleStyle } from "@/components/subtitles/subtitle-editor";
import { Button } from "@/components/ui/button";
import type { Video } from "@/lib/api/types";
import { timelineQuery, useStyle } from "./api";

/** The same video with other subtitles: nothing but the files is made again. */
export function Restyle({ video }: { readonly video: Video }) {
  const { data: timeline } = useQuery(timelineQuery(video.id));
  const [changed, change] = useState<SubtitleStyle | null>(null);
  const style = useStyle(video.id);
  const moving = video.state === "queued" || video.state === "running";
  if (!timeline) return null;
  return (
    <details className="rounded-lg border border-line bg-surface p-4">
      <summary className="cursor-pointer font-semibold">Other subtitles</summary>
      <div className="mt-4 flex flex-col gap-4">
        <SubtitleEditor value={changed ?? timeline.subtitles} onChange={change} preset={video.files[0]?.preset ?? "generic"} />
        <Button look="primary" className="self-start" disabled={!changed || moving} busy={style.isPending} onClick={() => { style.mutate({ ...timeline.subtitles, ...changed }); }}>Make it again</Button>
        <p className="text-xs text-ink-3">Voice and pictures stay; only the files are made again.</p>
      </div>
    </details>
  );
}
