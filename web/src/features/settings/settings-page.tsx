import { DrawnLine } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function SettingsPage() {
  return (
    <>
      <PageHead title="Settings" />
      <EmptyState drawing={<DrawnLine />} title="This page is being built">
        Your account, keys and webhooks.
      </EmptyState>
    </>
  );
}
