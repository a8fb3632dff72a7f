import { Button } from "@/components/ui/button";
import type { Video } from "@/lib/api/types";
import { useApprove } from "./api";
import { ReviewScript } from "./review-script";

const WORDS = { script: "the script is written", voice: "the voice has spoken", plan: "the pictures are chosen" } as const;

/** The job stopped because somebody wanted to look first. */
export function ReviewNote({ video }: { readonly video: Video }) {
  const approve = useApprove(video.id);
  if (!video.review) return null;
  return (
    <section aria-label="Review" className="flex flex-wrap items-center gap-3 rounded-lg border border-warn bg-warn-soft p-4">
      <p className="min-w-0 flex-1 text-sm"><strong className="font-semibold text-warn">This video waits for you:</strong> {WORDS[video.review]}. Look, change what you like below, then let it go on.</p>
      <Button look="primary" busy={approve.isPending} onClick={() => { approve.mutate(undefined); }}>Go on</Button>
      {video.review !== "plan" && <ReviewScript video={video.id} />}
    </section>
  );
}
