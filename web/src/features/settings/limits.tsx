import { useQuery } from "@tanstack/react-query";
import { FaultPanel } from "@/components/fault-panel";
import { ListSkeleton } from "@/components/ui/skeleton";
import { bytes, count } from "@/lib/format";
import { optionsQuery } from "@/lib/options";
import { profileQuery } from "@/lib/profile";

/** What one may do, in numbers. */
export function Limits() {
  const options = useQuery(optionsQuery);
  const profile = useQuery(profileQuery);
  const fault = options.error ?? profile.error;
  if (fault) return <FaultPanel error={fault} onRetry={() => { void options.refetch(); void profile.refetch(); }} />;
  if (!options.data || !profile.data) return <ListSkeleton />;
  const { limits } = options.data;
  const own = profile.data.limits;
  const rows: readonly (readonly [string, string])[] = [
    ["Characters of a script", count(limits.script_chars)],
    ["Clips of one job", count(limits.footage_per_job)],
    ["Variants of one job", count(limits.variants)],
    ...Object.entries(limits.upload_bytes).map(([kind, most]) => [`Size of one upload (${kind})`, bytes(most)] as const),
    ["Reading requests a minute", often(own.reads)],
    ["Changing requests a minute", often(own.writes)],
    ["Uploads a minute", often(own.uploads)],
    ["Live lines at once", often(own.streams)],
  ];
  return (
    <dl className="max-w-xl divide-y divide-line">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4 py-2 text-sm">
          <dt className="text-ink-2">{name}</dt>
          <dd className="figures font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const often = (most: number | null): string => (most === null ? "the system's default" : count(most));
