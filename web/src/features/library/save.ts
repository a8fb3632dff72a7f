import type { VideoCard } from "@/lib/api/types";

const BETWEEN_MS = 400; // browsers drop what is asked of them all at once

/** What to save of some videos: each file once, under a name that tells formats apart. */
export function toSave(videos: readonly VideoCard[]): readonly { readonly url: string; readonly name: string }[] {
  const taken = new Map<string, number>();
  return videos.flatMap((video) =>
    video.files.map(({ url, preset }) => {
      const base = video.files.length > 1 ? `${video.name} ${preset}` : video.name;
      const before = taken.get(base) ?? 0;
      taken.set(base, before + 1);
      return { url, name: `${before > 0 ? `${base} ${String(before + 1)}` : base}.mp4` };
    }),
  );
}

/** Has the browser save them, one after the other. */
export async function saveAll(files: ReturnType<typeof toSave>): Promise<void> {
  for (const { url, name } of files) {
    const link = Object.assign(document.createElement("a"), { href: url, download: name });
    link.click();
    await new Promise((wake) => setTimeout(wake, BETWEEN_MS));
  }
}
