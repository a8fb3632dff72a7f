import { useQuery } from "@tanstack/react-query";
import { Heart } from "lucide-react";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Asset } from "@/lib/api/types";
import { notesQuery, useNotes, type Notes } from "./api";

/** What the owner knows of a file: it helps to find the right picture for a sentence. */
export function NotesPart({ asset }: { readonly asset: Asset }) {
  const notes = useQuery(notesQuery(asset.id));
  if (notes.isPending) return <Skeleton className="h-24" />;
  if (!notes.data) return <FaultPanel error={notes.error} onRetry={() => void notes.refetch()} />;
  return <Form asset={asset} notes={notes.data.notes} />;
}

export const keywordsOf = (text: string): string[] => [...new Set(text.split(",").map((word) => word.trim()).filter(Boolean))];

function Form({ asset, notes }: { readonly asset: Asset; readonly notes: Notes }) {
  const [text, setText] = useState(notes.keywords.join(", "));
  const save = useNotes(asset.id);
  const send = () => { save.mutate({ ...notes, keywords: keywordsOf(text) }, { onSuccess: () => { toast("Saved", { tone: "good" }); } }); };
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">What it shows</h2>
        <Button aria-pressed={notes.favourite} busy={save.isPending} onClick={() => { save.mutate({ ...notes, favourite: !notes.favourite }); }}>
          <Heart aria-hidden className={notes.favourite ? "fill-current text-bad" : ""} />{notes.favourite ? "Favourite" : "Make favourite"}
        </Button>
      </div>
      <Field label="Keywords" hint="Between commas. A sentence that speaks of them gets this picture first.">
        <Input value={text} placeholder="beach, sunrise, waves" onChange={(event: { target: { value: string } }) => { setText(event.target.value); }} />
      </Field>
      <Button type="submit" look="primary" className="self-start" busy={save.isPending} disabled={text === notes.keywords.join(", ")}>Save</Button>
    </form>
  );
}
