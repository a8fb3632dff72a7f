import { Film } from "lucide-react";
import { useState, type Ref } from "react";
import { Select } from "@/components/ui/select";
import type { PresetName, Video } from "@/lib/api/types";
import { percent } from "@/lib/format";

/** Plays one of a video's files; before there is one, says so. */
export function Player({ video, ref }: { readonly video: Video; readonly ref?: Ref<HTMLVideoElement> }) {
  const [chosen, choose] = useState<PresetName | null>(null);
  const file = video.files.find((one) => one.preset === chosen) ?? video.files[0];
  if (!file) {
    return (
      <div className="grid aspect-[9/16] max-h-[70vh] w-full place-items-center rounded-lg bg-sunken p-6 text-center text-sm text-ink-3">
        <p>
          <Film aria-hidden className="mx-auto mb-2 size-8" />
          {video.state === "failed" || video.state === "cancelled" ? "There is no video." : `The video comes here: ${percent(video.share)} done.`}
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- the subtitles are in the picture */}
      <video
        ref={ref}
        key={file.url}
        src={file.url}
        poster={video.thumbnail_url ?? undefined}
        controls
        playsInline
        preload="metadata"
        aria-label={video.name}
        style={{ aspectRatio: `${String(file.width)} / ${String(file.height)}` }}
        className="max-h-[75vh] w-full rounded-lg bg-black"
      />
      {video.files.length > 1 && (
        <Select label="Format" options={video.files.map(({ preset, width, height }) => ({ value: preset, label: `${preset}, ${String(width)} × ${String(height)}` }))} value={file.preset} onChange={choose} />
      )}
    </div>
  );
}
