import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";

interface MoreProps {
  readonly list: Pick<UseInfiniteQueryResult, "error" | "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "fetchNextPage">;
  readonly label?: string;
}

/** The way to a list's next page, and what went wrong on it: what is there already stays. */
export function More({ list, label = "Show more" }: MoreProps) {
  const next = () => void list.fetchNextPage();
  if (list.isFetchNextPageError) return <FaultPanel error={list.error} onRetry={next} className="mt-4" />;
  if (!list.hasNextPage) return null;
  return <Button className="mt-4 self-start" busy={list.isFetchingNextPage} onClick={next}>{label}</Button>;
}
