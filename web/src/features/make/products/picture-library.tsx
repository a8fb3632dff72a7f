import { Images } from "lucide-react";
import { useState } from "react";
import { ClipPicker } from "@/components/clip-picker";
import { DrawnTray } from "@/components/drawings";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { plural } from "@/lib/format";

const KINDS = [{ kind: "image", label: "Pictures" }, { kind: "footage", label: "Clips" }] as const;

interface LibraryProps {
  readonly description?: string;
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** What was uploaded before, to choose from. */
export function PictureLibrary({ value, onChange, description = "The one you choose first is shown first." }: LibraryProps) {
  const [kind, setKind] = useState<(typeof KINDS)[number]["kind"]>("image");
  return (
    <Dialog
      title="Your uploads"
      description={description}
      width="lg"
      trigger={<Button size="sm"><Images aria-hidden />From your uploads</Button>}
      footer={<><span className="mr-auto self-center text-sm text-ink-2">{plural(value.length, "picture")} chosen</span><DialogClose render={<Button look="primary" />}>Done</DialogClose></>}
    >
      <div className="flex flex-col gap-4">
        <div role="group" aria-label="Kind of upload" className="flex gap-2">
          {KINDS.map((one) => <Button key={one.kind} size="sm" look={one.kind === kind ? "primary" : "plain"} aria-pressed={one.kind === kind} onClick={() => { setKind(one.kind); }}>{one.label}</Button>)}
        </div>
        <ClipPicker key={kind} kind={kind} label={kind === "image" ? "Your pictures" : "Your clips"} value={value} onChange={onChange} empty={<EmptyState drawing={<DrawnTray />} title="Nothing here yet">What you add to a video is kept here.</EmptyState>} />
      </div>
    </Dialog>
  );
}
