import { useEffect, useState } from "react";
import { Input, Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useSettled } from "@/lib/hooks";
import type { State } from "@/lib/api/types";
import type { JobFilter } from "./api";
import { STATES } from "./words";

interface FiltersProps {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

const ANY = "any";

export function JobFilters({ filter, onChange }: FiltersProps) {
  const [text, setText] = useState(filter.q ?? "");
  const settled = useSettled(text).trim();
  const changed = settled !== (filter.q ?? "");
  useEffect(() => {
    if (changed) onChange({ ...(filter.state && { state: filter.state }), ...(settled && { q: settled }) });
  }, [changed, settled, filter.state, onChange]);
  const states = [{ value: ANY, label: "All states" }, ...(Object.keys(STATES) as State[]).map((state) => ({ value: state, label: STATES[state].word }))];
  const choose = (state: string) => { onChange({ ...(filter.q && { q: filter.q }), ...(state !== ANY && { state: state as State }) }); };
  return (
    <div role="search" className="mb-4 flex flex-wrap gap-2">
      <Field label="Search jobs" hideLabel className="min-w-40 flex-1">
        <Input type="search" placeholder="Search by title" value={text} onChange={(event: { target: { value: string } }) => { setText(event.target.value); }} />
      </Field>
      <Select label="State" options={states} value={filter.state ?? ANY} onChange={choose} className="w-40" />
    </div>
  );
}
