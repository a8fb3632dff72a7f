import { DrawnFilm } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function LibraryPage() {
  return (
    <>
      <PageHead title="Library" />
      <EmptyState drawing={<DrawnFilm />} title="This page is being built">
        All finished videos.
      </EmptyState>
    </>
  );
}
