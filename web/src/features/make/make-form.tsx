import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { ClipPicker } from "@/components/clip-picker";
import { FaultPanel } from "@/components/fault-panel";
import { SubtitleEditor } from "@/components/subtitles/subtitle-editor";
import { UploadArea } from "@/components/uploads/upload-area";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Options } from "@/lib/api/types";
import { faultOf } from "@/lib/faults";
import { plural } from "@/lib/format";
import { useSubmit } from "./api";
import { briefOf, missing, refused, type Wish } from "./brief";
import { keep } from "./draft";
import { Music } from "./music";
import { Outputs } from "./outputs";
import { ScriptPart } from "./script-part";
import { Speaker } from "./speaker";
import { SubmitBar } from "./submit-bar";

interface FormProps {
  readonly options: Options;
  readonly start: Wish;
}

/** Say it, show it, make it. */
export function MakeForm({ options, start }: FormProps) {
  const [wish, setWish] = useState(start);
  const [tried, setTried] = useState(false);
  const submit = useSubmit();
  const navigate = useNavigate();
  useEffect(() => { keep(wish); }, [wish]);
  const set = (part: Partial<Wish>) => {
    if (submit.isError) submit.reset(); // what it said was of another form
    setWish((before) => ({ ...before, ...part }));
  };
  const lacking = missing(wish, options.limits);
  const fault = submit.error ? faultOf(submit.error) : null;
  const answer = refused(fault);
  const told = { ...answer.told, ...(tried && lacking) };
  const send = () => {
    setTried(true);
    if (Object.keys(lacking).length > 0) return;
    submit.mutate(briefOf(wish), {
      onSuccess: (job) => {
        keep(null);
        void navigate({ to: "/jobs/$job", params: { job: job.id } });
      },
    });
  };
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Part title="1. Say it"><ScriptPart wish={wish} set={set} options={options} fault={told.script} /></Part>
        <Part title="2. Show it">
          <UploadArea kind="footage" onAsset={(asset) => { setWish((before) => ({ ...before, footage: [...new Set([...before.footage, asset.id])] })); }} />
          <ClipPicker value={wish.footage} onChange={(footage) => { set({ footage }); }} />
          {wish.inserts.length > 0 && <Inserted count={wish.inserts.length} onLeaveOut={() => { set({ inserts: [] }); }} />}
          {told.footage && <p role="alert" className="text-sm font-medium text-bad">{told.footage}</p>}
        </Part>
        {wish.way === "script" && <Part title="Voice"><Speaker wish={wish} set={set} options={options} /></Part>}
        <Part title="Music"><Music wish={wish} set={set} /></Part>
        <Part title="Subtitles">
          <SubtitleEditor value={wish.subtitles} onChange={(subtitles) => { set({ subtitles }); }} preset={wish.presets[0] ?? "generic"} />
        </Part>
      </div>
      <div className="flex flex-col gap-5 lg:sticky lg:top-20">
        <Part title="3. Make it">
          <Outputs wish={wish} set={set} options={options} />
          {submit.error && !answer.all && <FaultPanel error={submit.error} />}
          <SubmitBar wish={wish} busy={submit.isPending} onSend={send} lacking={Object.keys(told).length} />
        </Part>
      </div>
    </div>
  );
}

/** What an earlier job showed over its footage goes along until it is left out. */
function Inserted({ count, onLeaveOut }: { readonly count: number; readonly onLeaveOut: () => void }) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-2 text-sm text-ink-2">
      {plural(count, "picture")} shown over the footage, as before
      <Button size="sm" onClick={onLeaveOut}>Leave out</Button>
    </p>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card className="flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </Card>
  );
}
