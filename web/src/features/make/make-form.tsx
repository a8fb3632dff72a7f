import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Film, ScrollText, ShoppingBag } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Music } from "@/components/making/music";
import { Part } from "@/components/making/part";
import { Speaker } from "@/components/making/speaker";
import { useFirstWrong } from "@/components/making/wrong";
import { SubtitleEditor } from "@/components/subtitles/subtitle-editor";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { Options } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import { useSubmit } from "./api";
import { briefOf, missing, refused, type Way, type Wish } from "./brief";
import { keep } from "./draft";
import { Outputs } from "./outputs";
import type { Change } from "./parts";
import { RestNote } from "./rest-note";
import { FootagePart, ScriptPart } from "./script-part";
import { ShowPart } from "./show-part";
import { SubmitBar } from "./submit-bar";

interface FormProps {
  readonly options: Options;
  readonly start: Wish;
}

const WAYS = [
  { value: "script", label: "A script", Icon: ScrollText },
  { value: "footage", label: "Only footage", Icon: Film },
  { value: "product", label: "Products", Icon: ShoppingBag },
] as const satisfies readonly { readonly value: Way; readonly label: string; readonly Icon: typeof Film }[];

// Not before somebody goes there: the first page stays light.
const ProductParts = lazy(async () => ({ default: (await import("./products/product-parts")).ProductParts }));
const checkQuery = { queryKey: ["product-faults"], queryFn: async () => (await import("./product-faults")).productFaults, staleTime: Infinity, gcTime: Infinity };

/** Say it, show it, make it: three ways in, one form. */
export function MakeForm({ options, start }: FormProps) {
  const [wish, setWish] = useState(start);
  const [tried, setTried] = useState(0);
  const submit = useSubmit();
  const navigate = useNavigate();
  useEffect(() => { keep(wish); }, [wish]);
  const change: Change = (part) => { setWish((before) => ({ ...before, ...part(before) })); };
  const set = (part: Partial<Wish>) => {
    if (submit.isError) submit.reset(); // what it said was of another form
    change(() => part);
  };
  const turn = (way: Way) => {
    setTried(0);
    set({ way });
  };
  const check = useQuery({ ...checkQuery, enabled: wish.way === "product" });
  const unready = wish.way === "product" && !check.data;
  const lacking = missing(wish, options.limits, check.data);
  const fault = submit.error ? faultOf(submit.error) : null;
  const answer = refused(fault);
  const told = { ...answer.told, ...(tried > 0 && lacking) };
  const send = () => {
    setTried((times) => times + 1);
    if (Object.keys(lacking).length > 0) return;
    submit.mutate(briefOf(wish), {
      onError: () => { setTried((times) => times + 1); },
      onSuccess: (job) => {
        keep(null);
        void navigate({ to: "/jobs/$job", params: { job: job.id } });
      },
    });
  };
  const form = useFirstWrong(tried);
  const part = { wish, set, options, told };
  const own: Record<Way, () => React.JSX.Element> = {
    script: () => <><Part title="1. Say it"><ScriptPart {...part} /></Part><Part title="2. Show it"><ShowPart {...part} change={change} /></Part></>,
    footage: () => <><Part title="1. Say what it is about"><FootagePart {...part} /></Part><Part title="2. Show it"><ShowPart {...part} change={change} /></Part></>,
    product: () => <Suspense fallback={<ListSkeleton />}><ProductParts {...part} change={change} /></Suspense>,
  };
  const content = (
    <div ref={form} className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-5">
        {own[wish.way]()}
        {wish.way !== "footage" && <Part title="Voice"><Speaker {...part} /></Part>}
        <Part title="Music"><Music {...part} /></Part>
        <Part title="Subtitles">
          <SubtitleEditor value={wish.subtitles} onChange={(subtitles) => { set({ subtitles }); }} preset={wish.presets[0] ?? "generic"} />
        </Part>
      </div>
      <div className="flex flex-col gap-5 lg:sticky lg:top-20">
        <Part title="3. Make it">
          <Outputs {...part} />
          <RestNote {...part} />
          {fault && !answer.all && <FaultPanel error={fault} {...(fault.passing && { onRetry: send })} />}
          <SubmitBar wish={wish} busy={submit.isPending || unready} onSend={send} lacking={Object.keys(told).length} />
        </Part>
      </div>
    </div>
  );
  return (
    <Tabs<Way>
      label="What you begin with"
      value={wish.way}
      onChange={turn}
      tabs={WAYS.map(({ value, label, Icon }) => ({ value, label: <span className="flex items-center gap-2"><Icon aria-hidden className="size-4" />{label}</span>, content: value === wish.way && content }))}
    />
  );
}
