import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageSkeleton } from "@/components/ui/skeleton";
import { faultOf } from "@/lib/faults";
import { jobQuery } from "@/lib/jobs";
import { useLive } from "@/lib/live";
import { Asked } from "./asked";
import { JobActions } from "./job-actions";
import { JobHead } from "./job-head";
import { Variants } from "./variants";

const route = getRouteApi("/jobs/$job");

export function JobPage() {
  useLive();
  const { job: id } = route.useParams();
  const job = useQuery(jobQuery(id));
  if (job.data) {
    return (
      <>
        <PageHead title={job.data.name} lead={job.data.batch && <OfBatch id={job.data.batch} row={job.data.row} />} actions={<JobActions job={job.data} />} />
        <div className="flex flex-col gap-6">
          <JobHead job={job.data} />
          <Variants job={job.data} />
          {job.data.brief && <Asked brief={job.data.brief} />}
        </div>
      </>
    );
  }
  if (job.isPending) return <><PageHead title="Job" /><PageSkeleton /></>;
  if (faultOf(job.error).status === 404) {
    return (
      <EmptyState heading="h1" drawing={<DrawnLine />} title="There is no such job" action={<LinkButton to="/jobs">All jobs</LinkButton>}>
        It may have been cleaned up, or the address is not whole.
      </EmptyState>
    );
  }
  return <><PageHead title="Job" /><FaultPanel error={job.error} onRetry={() => void job.refetch()} /></>;
}

function OfBatch({ id, row }: { readonly id: string; readonly row: number | null }) {
  return (
    <>
      {row !== null && `Row ${String(row)} of `}
      <Link to="/batches/$batch" params={{ batch: id }} className="text-accent-text underline underline-offset-4">{row === null ? "Of a batch" : "a batch"}</Link>
    </>
  );
}
