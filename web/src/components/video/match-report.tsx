import { useQuery } from "@tanstack/react-query";
import { AssetPicture } from "@/components/asset-picture";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { position, percent } from "@/lib/format";
import type { components } from "@/lib/api/schema";
import type { Video } from "@/lib/api/types";
import { matchesQuery, useSwap } from "./api";

type Match = components["schemas"]["Match"];
type Candidate = components["schemas"]["Candidate"];

/** For each phrase: its picture, why, and what else would fit. */
export function MatchReport({ video }: { readonly video: Video }) {
  const report = useQuery(matchesQuery(video.id));
  if (report.isPending) return <ListSkeleton lines={3} />;
  if (!report.data) return <FaultPanel error={report.error} onRetry={() => void report.refetch()} />;
  return (
    <section aria-label="Match report">
      <h2 className="mb-3 font-semibold">Why these pictures</h2>
      <ol className="flex flex-col divide-y divide-line">
        {report.data.matches.map((match) => <Phrase key={match.phrase} match={match} video={video} />)}
      </ol>
    </section>
  );
}

function Phrase({ match, video }: { readonly match: Match; readonly video: Video }) {
  const swap = useSwap(video.id);
  const fixed = video.state === "queued" || video.state === "running";
  const weighed = Object.keys(match.chosen.parts).length > 0; // a product's pictures come in their order
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <Shot candidate={match.chosen} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium break-words">{match.text}</p>
        <p className="mt-0.5 text-ink-2">
          <span className="break-all">{match.chosen.name}</span>
          {weighed ? <> at <span className="figures">{position(match.chosen.source_in_s)}</span>, fits <span className="figures">{percent(match.chosen.score)}</span>. </> : ", "}
          {match.reason}
        </p>
        {match.runners_up.length > 0 && (
          <details className="mt-1">
            <summary className="cursor-pointer text-accent-text">What else would fit</summary>
            <ul className="mt-2 flex flex-col gap-2">
              {match.runners_up.map((other, place) => (
                <li key={place} className="flex items-center gap-2">
                  <Shot candidate={other} small />
                  <span className="min-w-0 flex-1 truncate">{other.name} <span className="figures text-ink-3">{percent(other.score)}</span></span>
                  <Button size="sm" disabled={fixed} busy={swap.isPending && swap.variables.runnerUp === place} aria-label={`Use ${other.name} for this phrase`} onClick={() => { swap.mutate({ phrase: match.phrase, runnerUp: place }); }}>
                    Use this
                  </Button>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function Shot({ candidate, small = false }: { readonly candidate: Candidate; readonly small?: boolean }) {
  return <AssetPicture asset={candidate.asset} className={small ? "size-9 rounded bg-sunken object-cover" : "size-14 shrink-0 rounded bg-sunken object-cover"} />;
}
