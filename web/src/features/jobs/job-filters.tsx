import { SearchField } from "@/components/search-field";
import { Select } from "@/components/ui/select";
import type { State } from "@/lib/api/types";
import type { JobFilter } from "./api";
import { STATES } from "./words";

interface FiltersProps {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

const ANY = "any";
const OWN = "own";
const ALL = "all";
const OF = [{ value: OWN, label: "Without those of batches" }, { value: ALL, label: "With those of batches" }] as const;

export function JobFilters({ filter: { q, state, all }, onChange }: FiltersProps) {
  const states = [{ value: ANY, label: "All states" }, ...(Object.keys(STATES) as State[]).map((one) => ({ value: one, label: STATES[one].word }))];
  const put = (next: { readonly q?: string | undefined; readonly state?: State | undefined; readonly all?: boolean | undefined }) => {
    onChange({ ...(next.q && { q: next.q }), ...(next.state && { state: next.state }), ...(next.all && { all: true }) });
  };
  return (
    <div role="search" className="mb-4 flex flex-wrap gap-2">
      <SearchField label="Search jobs" placeholder="Search by title" value={q ?? ""} onChange={(text) => { put({ q: text, state, all }); }} />
      <Select label="State" options={states} value={state ?? ANY} onChange={(one) => { put({ q, state: one === ANY ? undefined : (one as State), all }); }} className="w-40" />
      <Select label="Which jobs" options={OF} value={all ? ALL : OWN} onChange={(one) => { put({ q, state, all: one === ALL }); }} className="w-52" />
    </div>
  );
}
