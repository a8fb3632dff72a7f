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

function begin(brief: Job["brief"], clips: readonly string[]): Wish {
  const wish = brief ? wishOf(brief) : kept();
  if (clips.length === 0) return wish;
  return { ...wish, way: wish.way === "product" ? "script" : wish.way, footage: clips };
}
