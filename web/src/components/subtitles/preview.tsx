import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FaultPanel } from "@/components/fault-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { cn } from "@/lib/cn";
import { useSettled } from "@/lib/hooks";
import { optionsQuery } from "@/lib/options";
import type { PresetName } from "@/lib/api/types";
import type { SubtitleStyle } from "./subtitle-editor";

const SAMPLE = "This is how your words will look";

interface PreviewProps {
  readonly style: SubtitleStyle;
  readonly preset: PresetName;
}

/** One frame with these subtitles, drawn by the render's own engine. The one before stays until the next is there. */
export function Preview({ style, preset }: PreviewProps) {
  const settled = useSettled(style, 300);
  const { data: options } = useQuery(optionsQuery);
  const frame = useQuery({
    queryKey: [...keys.options, "subtitle-preview", preset, settled],
    queryFn: async ({ signal }) => {
      const body = { text: SAMPLE, preset, style: settled } as never; // the rest has defaults
      return dataUrl(await data(api.POST("/v1/subtitles/preview", { body, parseAs: "blob", signal })));
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const shape = options?.presets.find((one) => one.name === preset);
  const ratio = shape ? `${String(shape.width)} / ${String(shape.height)}` : "9 / 16";
  if (frame.isError) return <FaultPanel error={frame.error} onRetry={() => void frame.refetch()} />;
  return (
    <figure className="mx-auto w-44 sm:w-full">
      <div style={{ aspectRatio: ratio }} className="relative overflow-hidden rounded-md border border-line bg-sunken" aria-busy={frame.isFetching}>
        {frame.data ? <img src={frame.data} alt="How the subtitles will look" className={cn("size-full object-cover transition-opacity", frame.isFetching && "opacity-60")} /> : <Skeleton className="size-full" />}
      </div>
      <figcaption className="mt-1.5 text-center text-xs text-ink-3">drawn as the video will be</figcaption>
    </figure>
  );
}

/** As text, so that nothing is left to be released. A frame has some 50 kB. */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result as string); };
    reader.onerror = () => { reject(new Error("The picture could not be read.")); };
    reader.readAsDataURL(blob);
  });
}
