import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageSkeleton } from "@/components/ui/skeleton";
import { videoQuery } from "@/components/video/api";
import { VariantPanel } from "@/components/video/variant-panel";
import { faultOf } from "@/lib/faults";
import { useLive } from "@/lib/live";
import type { Video } from "@/lib/api/types";
import { useDelete, useRestore } from "./api";
import { KeptUntil } from "./kept-until";
import { RenameDialog } from "./rename-dialog";

const route = getRouteApi("/videos/$video");

export function VideoPage() {
  useLive();
  const { video: id } = route.useParams();
  const video = useQuery(videoQuery(id));
  if (video.data) return <><PageHead title={video.data.name} lead={video.data.deleted_at && <KeptUntil deletedAt={video.data.deleted_at} />} actions={<Actions video={video.data} />} /><VariantPanel video={id} /></>;
  if (video.isPending) return <><PageHead title="Video" /><PageSkeleton /></>;
  if (faultOf(video.error).status === 404) {
    return <EmptyState heading="h1" drawing={<DrawnLine />} title="There is no such video" action={<LinkButton to="/library">The library</LinkButton>}>It may have been deleted for good, or the address is not whole.</EmptyState>;
  }
  return <><PageHead title="Video" /><FaultPanel error={video.error} onRetry={() => void video.refetch()} /></>;
}

function Actions({ video }: { readonly video: Video }) {
  const [renaming, rename] = useState(false);
  const remove = useDelete();
  const restore = useRestore();
  return (
    <>
      <LinkButton to="/jobs/$job" params={{ job: video.job }}>Its job</LinkButton>
      <Button onClick={() => { rename(true); }}><Pencil aria-hidden />Rename</Button>
      {video.deleted_at ? (
        <Button look="primary" busy={restore.isPending} onClick={() => { restore.mutate([video.id]); }}><RotateCcw aria-hidden />Restore</Button>
      ) : (
        <Button busy={remove.isPending} onClick={() => { remove.mutate([video.id]); }}><Trash2 aria-hidden />Delete</Button>
      )}
      {renaming && <RenameDialog video={video} onClose={() => { rename(false); }} />}
    </>
  );
}
