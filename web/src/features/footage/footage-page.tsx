import { DrawnTray } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function FootagePage() {
  return (
    <>
      <PageHead title="Footage" />
      <EmptyState drawing={<DrawnTray />} title="This page is being built">
        Clips, images and music.
      </EmptyState>
    </>
  );
}
