import { DrawnLine } from "@/components/drawings";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { LibraryFilter } from "./api";

/** No video yet, none that fits, or none deleted: three different things. */
export function Nothing({ filter, onClear }: { readonly filter: LibraryFilter; readonly onClear: () => void }) {
  if (filter.deleted && Object.keys(filter).length === 1) {
    return <EmptyState drawing={<DrawnLine />} title="Nothing was deleted" action={<Button onClick={onClear}>Back to the library</Button>} />;
  }
  if (Object.keys(filter).length > 0) {
    return <EmptyState drawing={<DrawnLine />} title="No video fits" action={<Button onClick={onClear}>Show all videos</Button>} />;
  }
  return (
    <EmptyState drawing={<DrawnLine />} title="No videos yet" action={<LinkButton to="/make" look="primary">Make your first video</LinkButton>}>
      What you make is kept here, to watch, download and change.
    </EmptyState>
  );
}
