import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useSettled } from "@/lib/hooks";
import type { PresetName, Sort, State } from "@/lib/api/types";
import { projectsQuery, type LibraryFilter } from "./api";

interface FiltersProps {
  readonly filter: LibraryFilter;
  readonly onChange: (filter: LibraryFilter) => void;
}

const ANY = "any";
const SORTS: { readonly value: Sort; readonly label: string }[] = [
  { value: "newest", label: "Newest first" }, { value: "oldest", label: "Oldest first" }, { value: "name", label: "By name" }, { value: "longest", label: "Longest first" },
];
const STATES: { readonly value: State | typeof ANY; readonly label: string }[] = [
  { value: ANY, label: "All states" }, { value: "completed", label: "Done" }, { value: "running", label: "Being made" }, { value: "waiting_for_review", label: "Waits for you" }, { value: "failed", label: "Failed" },
];
const PRESETS: readonly PresetName[] = ["tiktok", "reels", "shorts", "square", "landscape", "generic"];

/** A filter without what is null. */
export function narrowed(filter: LibraryFilter, part: { readonly [Key in keyof LibraryFilter]: LibraryFilter[Key] | null }): LibraryFilter {
  return Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== null && value !== ""));
}

export function VideoFilters({ filter, onChange }: FiltersProps) {
  const [text, setText] = useState(filter.q ?? "");
  const settled = useSettled(text).trim();
  const changed = settled !== (filter.q ?? "");
  useEffect(() => {
    if (changed) onChange(narrowed(filter, { q: settled || null }));
  }, [changed, settled, filter, onChange]);
  const { data: projects } = useQuery(projectsQuery);
  const series = [{ value: ANY, label: "All projects" }, ...(projects?.items ?? []).map(({ project }) => ({ value: project, label: project }))];
  const presets = [{ value: ANY, label: "All formats" }, ...PRESETS.map((preset) => ({ value: preset, label: preset }))];
  return (
    <div role="search" className="mb-5 flex flex-wrap gap-2">
      <Field label="Search videos" hideLabel className="min-w-44 flex-1">
        <Input type="search" placeholder="Search by name" value={text} onChange={(event: { target: { value: string } }) => { setText(event.target.value); }} />
      </Field>
      <Select label="State" className="w-36" options={STATES} value={filter.state ?? ANY} onChange={(state) => { onChange(narrowed(filter, { state: state === ANY ? null : state })); }} />
      <Select label="Format" className="w-36" options={presets} value={filter.preset ?? ANY} onChange={(preset) => { onChange(narrowed(filter, { preset: preset === ANY ? null : (preset as PresetName) })); }} />
      {series.length > 1 && <Select label="Project" className="w-40" options={series} value={filter.project ?? ANY} onChange={(project) => { onChange(narrowed(filter, { project: project === ANY ? null : project })); }} />}
      <Select label="Order" className="w-36" options={SORTS} value={filter.sort ?? "newest"} onChange={(sort) => { onChange(narrowed(filter, { sort: sort === "newest" ? null : sort })); }} />
      <Button aria-pressed={filter.deleted === true} look={filter.deleted ? "primary" : "plain"} onClick={() => { onChange(narrowed(filter, { deleted: filter.deleted ? null : true })); }}>
        <Trash2 aria-hidden />Deleted
      </Button>
    </div>
  );
}
