import { useState } from "react";
import { VariantPanel } from "@/components/video/variant-panel";
import { Tabs } from "@/components/ui/tabs";
import type { Job, Video } from "@/lib/api/types";
import { Line } from "./line";

/** Each video of a job: its line, then what became of it. */
export function Variants({ job }: { readonly job: Job }) {
  const [first] = job.videos;
  const [chosen, choose] = useState(first?.id ?? "");
  if (!first) return null;
  if (job.videos.length === 1) return <Variant video={first} />;
  const tabs = job.videos.map((video) => ({ value: video.id, label: `Video ${String(video.number)}`, content: <Variant video={video} /> }));
  return <Tabs label="Variants" tabs={tabs} value={chosen} onChange={choose} />;
}

function Variant({ video }: { readonly video: Video }) {
  return (
    <section aria-label={`Video ${String(video.number)}`} className="flex flex-col gap-5">
      <Line video={video} />
      <VariantPanel video={video.id} />
    </section>
  );
}
