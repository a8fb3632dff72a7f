import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { FaultPanel } from "@/components/fault-panel";
import { More } from "@/components/more";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { ago, plural } from "@/lib/format";
import { lettersQuery, useReplay, type Letter } from "./api";

/** What could not be worked on, why, and once more. */
export function Letters() {
  const letters = useInfiniteQuery(lettersQuery);
  const all = letters.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Given up">
      <h2 className="mb-3 font-semibold">Given up</h2>
      {letters.isPending && <ListSkeleton lines={2} />}
      {letters.isError && !letters.data && <FaultPanel error={letters.error} onRetry={() => void letters.refetch()} />}
      {letters.isSuccess && all.length === 0 && <p className="text-sm text-ink-2">Nothing. What a station can't do after all its tries is kept here, with a button to try it once more.</p>}
      <ul className="flex flex-col gap-2">
        {all.map((letter) => <Row key={letter.id} letter={letter} />)}
      </ul>
      <More list={letters} />
    </section>
  );
}

function Row({ letter }: { readonly letter: Letter }) {
  const replay = useReplay();
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-3">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{letter.inbox}: {letter.fault.message}</p>
        <p className="text-sm text-ink-2">
          {ago(letter.at)}, after {plural(letter.tries.length, "try", "tries")}
          {letter.job && <>, <Link to="/jobs/$job" params={{ job: letter.job }} className="text-accent-text underline-offset-4 hover:underline">its job</Link></>}
        </p>
      </div>
      {letter.replayed_at ? <Badge tone="good">tried once more</Badge> : (
        <Button busy={replay.isPending} onClick={() => { replay.mutate(letter.id); }}><RotateCw aria-hidden />Once more</Button>
      )}
    </li>
  );
}
