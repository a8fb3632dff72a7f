import { useInfiniteQuery } from "@tanstack/react-query";
import { UploadArea } from "@/components/uploads/upload-area";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { Select } from "@/components/ui/select";
import { assetsQuery } from "@/lib/assets";
import { clock } from "@/lib/format";
import type { Making, MakingProps } from "./parts";

const NONE = "none";

/** Music under the voice, which steps back while somebody speaks. */
export function Music({ wish, set }: Omit<MakingProps<Pick<Making, "music">>, "options">) {
  const songs = useInfiniteQuery(assetsQuery({ kind: "music" }));
  const all = songs.data?.pages.flatMap((page) => page.items) ?? [];
  const options = [{ value: NONE, label: "No music" }, ...all.map((song) => ({ value: song.id, label: song.name, hint: clock(song.facts.duration_s) }))];
  if (songs.isError && !songs.data) return <FaultPanel error={songs.error} onRetry={() => void songs.refetch()} />;
  return (
    <>
      <Select label="Music" options={options} value={wish.music ?? NONE} onChange={(id) => { set({ music: id === NONE ? null : id }); }} />
      <More list={songs} label="Look for more songs" />
      <details>
        <summary className="cursor-pointer text-sm font-medium text-accent-text">Add a song</summary>
        <div className="mt-3">
          <UploadArea kind="music" onAsset={(song) => { void songs.refetch().then(() => { set({ music: song.id }); }); }} />
        </div>
      </details>
    </>
  );
}
