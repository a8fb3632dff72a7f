import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PageHead } from "@/components/page-head";
import { FaultPanel } from "@/components/fault-panel";
import { PageSkeleton } from "@/components/ui/skeleton";
import { optionsQuery } from "@/lib/options";
import { jobQuery } from "@/lib/jobs";
import { useLive } from "@/lib/live";
import type { Job } from "@/lib/api/types";
import { wishOf, type Wish } from "./brief";
import { kept } from "./draft";
import { MakeForm } from "./make-form";

const route = getRouteApi("/make");

export function MakePage() {
  useLive();
  const { from, clips } = route.useSearch();
  const options = useQuery(optionsQuery);
  const before = useQuery({ ...jobQuery(from ?? ""), enabled: from !== undefined });
  const waits = options.isPending || (from !== undefined && before.isPending);
  const fault = options.error ?? before.error;
  return (
    <>
      <PageHead title="Make a video" lead="Say it, show it, make it." />
      {waits && !fault && <PageSkeleton />}
      {fault && <FaultPanel error={fault} onRetry={() => void (options.error ? options.refetch() : before.refetch())} />}
      {options.data && !waits && <MakeForm key={from ?? ""} options={options.data} start={begin(before.data?.brief ?? null, clips ?? [])} />}
    </>
  );
}

/** This form makes no videos of products. */
function begin(brief: Job["brief"], clips: readonly string[]): Wish {
  const wish = brief && brief.kind !== "product" ? wishOf(brief) : kept();
  return clips.length > 0 ? { ...wish, footage: clips } : wish;
}
