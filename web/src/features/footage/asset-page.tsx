import { DrawnTray } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function AssetPage() {
  return (
    <>
      <PageHead title="Clip" />
      <EmptyState drawing={<DrawnTray />} title="This page is being built">
        What is in one clip.
      </EmptyState>
    </>
  );
}
