import { Link } from "@tanstack/react-router";
import { Film } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { ago, plural } from "@/lib/format";
import type { Job } from "@/lib/api/types";
import { RowMenu } from "./row-menu";
import { isOver, nowOf, STATES } from "./words";

/** One job of the list. */
export function JobRow({ job }: { readonly job: Job }) {
  const thumbnail = job.videos.find((video) => video.thumbnail_url)?.thumbnail_url;
  const fault = job.fault ?? job.videos.find((video) => video.fault)?.fault;
  const state = STATES[job.state];
  return (
    <li className="relative flex gap-3 rounded-lg border border-line bg-surface p-3 shadow-low hover:border-line-strong">
      <span className="grid h-16 w-12 shrink-0 place-items-center overflow-hidden rounded bg-sunken">
        {thumbnail ? <img src={thumbnail} alt="" loading="lazy" className="size-full object-cover" /> : <Film aria-hidden className="size-5 text-ink-3" />}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-start justify-between gap-2">
          <Link to="/jobs/$job" params={{ job: job.id }} className="min-w-0 truncate font-medium after:absolute after:inset-0">
            {job.name}
          </Link>
          <Badge tone={state.tone}>{state.word}</Badge>
        </div>
        <p className="figures mt-0.5 truncate text-sm text-ink-2">{isOver(job.state) ? plural(job.videos.length, "video") : nowOf(job)}</p>
        {fault && job.state === "failed" && <p className="truncate text-sm text-bad">{fault.message}</p>}
        {!isOver(job.state) && <Progress label={`Progress of ${job.name}`} share={job.share} className="mt-2" />}
        {isOver(job.state) && job.created_at && <p className="text-xs text-ink-3">{ago(job.created_at)}</p>}
      </div>
      <RowMenu job={job} />
    </li>
  );
}
