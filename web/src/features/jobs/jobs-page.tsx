import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { PageHead } from "@/components/page-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useLive } from "@/lib/live";
import { jobsQuery } from "./api";
import { JobFilters } from "./job-filters";
import { JobRow } from "./job-row";

const route = getRouteApi("/jobs");

export function JobsPage() {
  useLive();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const jobs = useInfiniteQuery(jobsQuery(filter));
  const all = jobs.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filter).length > 0;
  const clear = () => void navigate({ search: {} });
  return (
    <>
      <PageHead title="Jobs" lead="What is being made, and what was." actions={<LinkButton to="/make" look="primary">Make a video</LinkButton>} />
      {(all.length > 0 || filtered) && <JobFilters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />}
      {jobs.isPending && <ListSkeleton />}
      {jobs.isError && all.length === 0 && <FaultPanel error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.isSuccess && all.length === 0 && (filtered ? <NothingFound onClear={clear} /> : <NothingYet onAll={() => void navigate({ search: { all: true } })} />)}
      <ul aria-label="Jobs" className="flex flex-col gap-2">
        {all.map((job) => <JobRow key={job.id} job={job} />)}
      </ul>
      <More list={jobs} />
    </>
  );
}

const NothingYet = ({ onAll }: { readonly onAll: () => void }) => (
  <EmptyState drawing={<DrawnLine />} title="Nothing is being made here yet" action={<div className="flex flex-wrap justify-center gap-2"><LinkButton to="/make" look="primary">Make a video</LinkButton><Button onClick={onAll}>Show jobs of batches</Button></div>}>
    Say what it is about and give it some clips. Here you then watch it being made. Jobs of batches are not among these.
  </EmptyState>
);

const NothingFound = ({ onClear }: { readonly onClear: () => void }) => (
  <EmptyState drawing={<DrawnLine />} title="No job fits" action={<Button onClick={onClear}>Show all jobs</Button>} />
);
