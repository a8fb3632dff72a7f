import { DrawnFilm } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function VideoPage() {
  return (
    <>
      <PageHead title="Video" />
      <EmptyState drawing={<DrawnFilm />} title="This page is being built">
        One video, with its pictures and words.
      </EmptyState>
    </>
  );
}
