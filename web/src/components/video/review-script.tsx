import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { plural, span, spokenSeconds, words } from "@/lib/format";
import { reviewQuery, useScript } from "./api";

/** The words, while they can still be changed for nothing; and how they sound, once they were spoken. */
export function ReviewScript({ video }: { readonly video: string }) {
  const review = useQuery(reviewQuery(video));
  const [typed, type] = useState<string | null>(null);
  const script = useScript(video);
  if (review.isPending) return <Skeleton className="h-28 w-full" />;
  if (!review.data) return <FaultPanel error={review.error} onRetry={() => void review.refetch()} className="w-full" />;
  const made = review.data.script;
  if (!made) return null;
  const text = typed ?? made.text;
  return (
    <div className="flex w-full flex-col gap-3">
      {review.data.voice && <audio src={review.data.voice.url} controls preload="metadata" aria-label="The voice" className="w-full" /> /* eslint-disable-line jsx-a11y/media-has-caption -- its words stand below */}
      <Field label="Script" aside={`${plural(words(text), "word")}, about ${span(spokenSeconds(text, made.language))}`}>
        <TextArea rows={6} value={text} onChange={(event) => { type(event.target.value); }} />
      </Field>
      <Button className="self-start" disabled={text === made.text || words(text) === 0} busy={script.isPending} onClick={() => { script.mutate(text, { onSuccess: () => { type(null); } }); }}>
        Save these words
      </Button>
    </div>
  );
}
