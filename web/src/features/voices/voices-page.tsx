import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { DrawnLine } from "@/components/drawings";
import { FaultPanel } from "@/components/fault-panel";
import { PageHead } from "@/components/page-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { optionsQuery, voicesQuery } from "@/lib/options";
import type { VoiceOption } from "@/lib/api/types";
import { VoiceRow } from "./voice-row";

const route = getRouteApi("/voices");
const ANY = "any";

export function VoicesPage() {
  const { language = null } = route.useSearch();
  const navigate = route.useNavigate();
  const voices = useQuery(voicesQuery);
  const { data: options } = useQuery(optionsQuery);
  const names = new Map(options?.languages.map(({ code, name }) => [code, name]));
  const fitting = (voices.data?.items ?? []).filter((voice) => language === null || speaks(voice, language));
  const languages = [{ value: ANY, label: "All languages" }, ...[...names].map(([value, label]) => ({ value, label }))];
  const choose = (code: string) => void navigate({ search: code === ANY ? {} : { language: code }, replace: true });
  return (
    <>
      <PageHead title="Voices" lead="Who can speak. Those of this machine are free and need no network." />
      {voices.isPending && <ListSkeleton />}
      {voices.isError && <FaultPanel error={voices.error} onRetry={() => void voices.refetch()} />}
      {voices.isSuccess && (
        <>
          <div role="search" className="mb-4 flex"><Select label="Language" className="w-56" options={languages} value={language ?? ANY} onChange={choose} /></div>
          {fitting.length === 0 && (
            <EmptyState drawing={<DrawnLine />} title="No voice for this language" action={<Button onClick={() => { choose(ANY); }}>Show all voices</Button>} />
          )}
          <ul aria-label="Voices" className="grid gap-2 md:grid-cols-2">
            {fitting.map((voice) => (
              <VoiceRow key={`${voice.provider} ${voice.id}`} voice={voice} language={language} names={names} usual={voice.id === voices.data.default} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const speaks = (voice: VoiceOption, language: string) => voice.language === language || voice.languages.includes(language);
