import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { optionsQuery, voicesQuery } from "@/lib/options";
import type { VoiceOption } from "@/lib/api/types";
import { VoiceRow } from "./voice-row";

const route = getRouteApi("/voices");
const ANY = "any";

export function VoicesPage() {
  const { language = null, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const voices = useQuery(voicesQuery);
  const { data: options } = useQuery(optionsQuery);
  const names = new Map(options?.languages.map(({ code, name }) => [code, name]));
  const fitting = (voices.data?.items ?? []).filter((voice) => fits(voice, language, q));
  const languages = [{ value: ANY, label: "All languages" }, ...[...names].map(([value, label]) => ({ value, label }))];
  const show = (part: { readonly language?: string | null; readonly q?: string }) => {
    const next = { language, q, ...part };
    void navigate({ search: { ...(next.language && { language: next.language }), ...(next.q && { q: next.q }) }, replace: true });
  };
  return (
    <>
      <PageHead title="Voices" lead="Who can speak. Those of this machine are free and need no network." />
      {voices.isPending && <ListSkeleton />}
      {voices.isError && <FaultPanel error={voices.error} onRetry={() => void voices.refetch()} />}
      {voices.isSuccess && (
        <>
          <div role="search" className="mb-4 flex flex-wrap gap-2">
            <Field label="Search voices" hideLabel className="min-w-40 flex-1">
              <Input type="search" placeholder="Search by name or sound" value={q} onChange={(event: { target: { value: string } }) => { show({ q: event.target.value }); }} />
            </Field>
            <Select label="Language" className="w-56" options={languages} value={language ?? ANY} onChange={(code) => { show({ language: code === ANY ? null : code }); }} />
          </div>
          {fitting.length === 0 && (
            <EmptyState drawing={<DrawnLine />} title="No voice fits" action={<Button onClick={() => { show({ language: null, q: "" }); }}>Show all voices</Button>} />
          )}
          <ul aria-label="Voices" className="grid grid-cols-1 gap-2 md:grid-cols-2">
            {fitting.map((voice) => (
              <VoiceRow key={`${voice.provider} ${voice.id}`} voice={voice} language={language} names={names} usual={voice.id === voices.data.default} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Whether a voice speaks the language, and its name, maker or sound holds each word. */
function fits(voice: VoiceOption, language: string | null, q: string): boolean {
  const speaks = language === null || voice.language === language || voice.languages.includes(language);
  const told = `${voice.name} ${voice.id} ${voice.provider} ${voice.quality}`.toLowerCase();
  return speaks && q.toLowerCase().split(/\s+/).every((word) => told.includes(word));
}
