import { Link } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { Progress } from "@/components/ui/progress";
import type { BatchRow } from "@/lib/api/types";
import { count, percent } from "@/lib/format";
import { ROWS } from "./words";

/** One row: what it is called, where it stands, and the way to its job and its video. */
export function BatchRowLine({ row }: { readonly row: BatchRow }) {
  const state = ROWS[row.state];
  const [video] = row.videos;
  const moves = row.state === "running";
  return (
    <li className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-3 py-2.5 sm:grid-cols-[3.5rem_minmax(0,1fr)_auto_auto]">
      <span className="figures hidden text-right text-xs text-ink-3 sm:block">{count(row.number)}</span>
      <div className="min-w-0">
        {row.job ? (
          <Link to="/jobs/$job" params={{ job: row.job }} className="block truncate font-medium underline-offset-4 hover:underline">{row.label}</Link>
        ) : (
          <p className="truncate font-medium">{row.label}</p>
        )}
        {row.key !== row.label && <p className="truncate text-xs text-ink-3">{row.key}</p>}
        {row.fault && <p className="text-sm break-words text-bad">{row.fault.message}</p>}
        {moves && <Progress label={`Progress of ${row.label}`} share={row.share} className="mt-1.5 max-w-md" />}
      </div>
      <span className="justify-self-end"><Badge tone={state.tone}>{state.word}{moves && <span className="figures">{percent(row.share)}</span>}</Badge></span>
      <span className="col-start-2 row-start-2 justify-self-end sm:col-start-4 sm:row-start-1 sm:w-22 sm:text-right">
        {row.state === "completed" && video && <LinkButton to="/videos/$video" params={{ video }} size="sm" look="plain" aria-label={`Watch ${row.label}`}><Play aria-hidden />Watch</LinkButton>}
      </span>
    </li>
  );
}
