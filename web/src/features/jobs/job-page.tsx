import { DrawnLine } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function JobPage() {
  return (
    <>
      <PageHead title="Job" />
      <EmptyState drawing={<DrawnLine />} title="This page is being built">
        One job, step by step.
      </EmptyState>
    </>
  );
}
