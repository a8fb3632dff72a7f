import { Badge, type Tone } from "@/components/ui/badge";
import { span } from "@/lib/format";
import type { PipelineHealth } from "@/lib/api/types";

type Inbox = PipelineHealth["inboxes"][number];

/** What waits where, and who is there to work on it. */
export function Stations({ health }: { readonly health: PipelineHealth }) {
  const running = new Map(health.services.map((service) => [service.name, service.running]));
  return (
    <section aria-label="Stations">
      <h2 className="mb-3 font-semibold">Stations</h2>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {health.inboxes.map((inbox) => <Station key={inbox.name} inbox={inbox} workers={running.get(inbox.service) ?? 0} />)}
      </ul>
    </section>
  );
}

function Station({ inbox, workers }: { readonly inbox: Inbox; readonly workers: number }) {
  const tone: Tone = workers === 0 ? "bad" : inbox.waiting > 0 ? "accent" : "good";
  return (
    <li className="rounded-lg border border-line bg-surface p-4 shadow-low">
      <div className="flex items-center justify-between gap-2">
        <h3 className="truncate font-medium">{inbox.name}</h3>
        <Badge tone={tone}>{workers === 0 ? "nobody there" : inbox.in_work > 0 ? "at work" : "ready"}</Badge>
      </div>
      <dl className="figures mt-3 grid grid-cols-3 gap-2 text-sm">
        <Figure name="waiting" value={String(inbox.waiting)} />
        <Figure name="in work" value={`${String(inbox.in_work)} of ${String(inbox.slots)}`} />
        <Figure name="oldest" value={inbox.oldest_s === null ? "none" : span(inbox.oldest_s)} />
      </dl>
      <p className="mt-2 text-xs text-ink-3">{inbox.words}</p>
    </li>
  );
}

const Figure = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="font-medium">{value}</dd>
  </div>
);
