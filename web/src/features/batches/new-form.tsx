import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Clapperboard } from "lucide-react";
import { useEffect, useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Formats } from "@/components/making/formats";
import type { CardLook } from "@/components/making/looks";
import { Music } from "@/components/making/music";
import { Part } from "@/components/making/part";
import type { Typed } from "@/components/making/parts";
import { Speaker } from "@/components/making/speaker";
import { useFirstWrong } from "@/components/making/wrong";
import { SubtitleEditor } from "@/components/subtitles/subtitle-editor";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import type { Feed, Options } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import { useSettled } from "@/lib/hooks";
import { pick } from "@/lib/picked";
import { previewQuery, useCreate } from "./api";
import { keep } from "./draft";
import { FirstRows } from "./first-rows";
import { RowsPart } from "./rows-part";
import { SayingPart } from "./saying-part";
import { ShowingPart } from "./showing-part";
import { askedOf, canLook, kindOf, missing, pressOf, probeOf, refused, type Asked, type BatchWish } from "./wish";

interface FormProps {
  readonly options: Options;
  readonly feeds: readonly Feed[];
  readonly brand: CardLook | null;
  readonly start: BatchWish;
}

const NOTHING: Asked = { template: {}, rows: { table: "" } };

/** Which rows, what is shown and said of each, and how they are made; beside it, what the first ones become. */
export function NewForm({ options, feeds, brand, start }: FormProps) {
  const [wish, setWish] = useState(start);
  const [tried, setTried] = useState(0);
  const create = useCreate();
  const navigate = useNavigate();
  useEffect(() => { keep(wish); }, [wish]);
  const set = (part: Partial<BatchWish>) => {
    if (create.isError) create.reset(); // what it said was of another form
    setWish((before) => ({ ...before, ...part }));
  };
  const asked = useSettled(askedOf(wish), 500);
  const looks = canLook(wish) && asked !== null;
  const preview = useQuery({ ...previewQuery(asked ?? NOTHING), enabled: looks, placeholderData: keepPreviousData });
  const probe = probeOf(wish);
  const fields = useQuery({ ...previewQuery(probe ?? NOTHING), enabled: probe !== null, select: (found) => found.fields });
  const lacking = missing(wish);
  const fault = create.error ?? (looks ? preview.error : null) ?? fields.error;
  const answer = refused(fault ? faultOf(fault) : null);
  const told = { ...answer.told, ...(tried > 0 && lacking) };
  const send = () => {
    setTried((times) => times + 1);
    const whole = askedOf(wish);
    if (Object.keys(lacking).length > 0 || whole === null) return;
    create.mutate({ ...whole, title: wish.title.trim() }, {
      onError: () => { setTried((times) => times + 1); },
      onSuccess: (batch) => {
        keep(null);
        if (wish.feed !== null && wish.which === "ids") pick(wish.feed, []);
        void navigate({ to: "/batches/$batch", params: { batch: batch.id } });
      },
    });
  };
  const form = useFirstWrong(tried);
  const feed = wish.from === "feed" ? feeds.find(({ id }) => id === wish.feed) : undefined;
  const first = looks && !preview.isError ? preview.data : undefined;
  const part = { wish, set, options, told };
  return (
    <div ref={form} className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Part title="1. Choose the rows"><RowsPart {...part} feeds={feeds} /></Part>
        <Part title="2. Show it"><ShowingPart {...part} brand={brand} first={first?.rows[0]} /></Part>
        <Part title="3. Say it"><SayingPart {...part} fields={fields.data ?? []} /></Part>
        <Part title="What becomes of the first rows">
          <FirstRows preview={first} busy={preview.isFetching} waits={!looks} kind={kindOf(wish)} feed={feed?.id ?? null} language={wish.language} />
        </Part>
        <Part title="Voice"><Speaker {...part} /></Part>
        <Part title="Music"><Music {...part} /></Part>
        <Part title="Subtitles">
          <SubtitleEditor value={wish.subtitles} onChange={(subtitles) => { set({ subtitles }); }} preset={wish.presets[0] ?? "generic"} />
        </Part>
      </div>
      <div className="flex flex-col gap-5 lg:sticky lg:top-20">
        <Part title="4. Make it">
          <Formats {...part} />
          <Switch label="Draft" hint="Small and quick, to see whether it is right." checked={wish.draft} onChange={(draft) => { set({ draft }); }} />
          <Field label="Title of the batch" error={told.title} hint="To find it again.">
            <Input value={wish.title} maxLength={options.limits.title_chars} onChange={(event: Typed) => { set({ title: event.target.value }); }} />
          </Field>
          {fault && !answer.all && <FaultPanel error={fault} {...(faultOf(fault).passing && { onRetry: create.isError ? send : () => { void preview.refetch(); void fields.refetch(); } })} />}
          <Button look="primary" size="lg" busy={create.isPending} onClick={send} className="w-full">
            {!create.isPending && <Clapperboard aria-hidden />}
            {pressOf(videosOf(wish, feed))}
          </Button>
          {Object.keys(told).length > 0 && <p role="alert" className="text-sm text-bad">Not yet: look at what is marked.</p>}
        </Part>
      </div>
    </div>
  );
}

/** How many there will be, as far as it is known before the rows are read. */
function videosOf(wish: BatchWish, feed: Feed | undefined): number | null {
  if (wish.from === "table" || wish.which === "changed") return null;
  return wish.which === "ids" ? wish.ids.length : (feed?.products ?? null);
}
