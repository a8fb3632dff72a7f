import { DrawnVoice } from "@/components/drawings";
import { PageHead } from "@/components/page-head";
import { EmptyState } from "@/components/ui/empty-state";

export function VoicesPage() {
  return (
    <>
      <PageHead title="Voices" />
      <EmptyState drawing={<DrawnVoice />} title="This page is being built">
        Who speaks.
      </EmptyState>
    </>
  );
}
