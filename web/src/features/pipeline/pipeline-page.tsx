import { DrawnLine } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function PipelinePage() {
  return (
    <>
      <PageHead title="Pipeline health" />
      <EmptyState drawing={<DrawnLine />} title="This page is being built">
        Whether everything runs.
      </EmptyState>
    </>
  );
}
