import { DrawnFilm } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function MakePage() {
  return (
    <>
      <PageHead title="Make a video" />
      <EmptyState drawing={<DrawnFilm />} title="This page is being built">
        From a script or from footage alone.
      </EmptyState>
    </>
  );
}
