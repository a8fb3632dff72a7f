import { Download } from "lucide-react";
import { buttonLook } from "@/components/ui/button";
import { bytes, span } from "@/lib/format";
import type { Video } from "@/lib/api/types";

const TEXTS = [["srt", "SRT"], ["vtt", "WebVTT"], ["ass", "ASS"]] as const;

/** Every file that there is of a video. */
export function Downloads({ video }: { readonly video: Video }) {
  const root = `/v1/videos/${video.id}`;
  return (
    <section aria-label="Downloads" className="flex flex-col gap-2">
      {video.files.map((file) => (
        <a key={file.preset} href={file.url} download={`${video.name}-${file.preset}.mp4`} className={buttonLook({ look: "primary", className: "w-full justify-between" })}>
          <span className="flex items-center gap-2"><Download aria-hidden />{file.preset}.mp4</span>
          <span className="figures text-xs">{bytes(file.size)}, {span(file.duration_s)}</span>
        </a>
      ))}
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
        <span className="text-ink-3">Also:</span>
        {TEXTS.map(([kind, name]) => <a key={kind} href={`${root}/subtitles.${kind}`} download className="text-accent-text underline-offset-4 hover:underline">{name}</a>)}
        <a href={`${root}/timeline.otio`} download className="text-accent-text underline-offset-4 hover:underline">OTIO</a>
      </p>
      {video.files[0] && <p className="figures text-xs text-ink-3">{video.files[0].integrated_lufs.toFixed(1)} LUFS, peak {video.files[0].true_peak_dbtp.toFixed(1)} dBTP, measured on the file</p>}
    </section>
  );
}
