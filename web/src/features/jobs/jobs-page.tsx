import { DrawnLine } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function JobsPage() {
  return (
    <>
      <PageHead title="Jobs" />
      <EmptyState drawing={<DrawnLine />} title="This page is being built">
        What is under way, live.
      </EmptyState>
    </>
  );
}
