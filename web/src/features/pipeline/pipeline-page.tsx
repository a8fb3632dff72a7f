import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { PageSkeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { healthQuery } from "./api";
import { Letters } from "./letters";
import { Stations } from "./stations";
import { verdict, type Verdict } from "./verdict";

export function PipelinePage() {
  const health = useQuery(healthQuery);
  return (
    <>
      <PageHead title="Health" lead="Is everything there that a video needs, and does it move?" />
      {health.isPending && <PageSkeleton />}
      {health.isError && <FaultPanel error={health.error} onRetry={() => void health.refetch()} className="mb-5" />}
      {health.data && (
        <div className="flex flex-col gap-6">
          <Sentence verdict={verdict(health.data)} />
          <Stations health={health.data} />
          <Letters />
        </div>
      )}
    </>
  );
}

const LOOKS = {
  good: { Mark: CircleCheck, look: "bg-good-soft text-good" },
  warn: { Mark: TriangleAlert, look: "bg-warn-soft text-warn" },
  bad: { Mark: CircleAlert, look: "bg-bad-soft text-bad" },
} as const;

function Sentence({ verdict: { tone, words } }: { readonly verdict: Verdict }) {
  const { Mark, look } = LOOKS[tone];
  return (
    <p role="status" className={cn("flex items-center gap-3 rounded-lg p-4 font-medium", look)}>
      <Mark aria-hidden className="size-5 shrink-0" />
      {words}
    </p>
  );
}
