import { DrawnNowhere } from "@/components/drawings";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { useDocumentTitle } from "@/lib/hooks";

export function NotFound() {
  useDocumentTitle("Not found");
  return (
    <EmptyState
      drawing={<DrawnNowhere />}
      heading="h1"
      title="There is nothing at this address"
      action={
        <LinkButton to="/" look="primary">
          Home
        </LinkButton>
      }
    >
      It may have been deleted, or belong to somebody else.
    </EmptyState>
  );
}
