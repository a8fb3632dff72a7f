import { Clapperboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { summary, type Wish } from "./brief";

interface BarProps {
  readonly wish: Wish;
  readonly busy: boolean;
  /** How many fields must be mended first. */
  readonly lacking: number;
  readonly onSend: () => void;
}

/** The one big button, and what it will make. */
export function SubmitBar({ wish, busy, lacking, onSend }: BarProps) {
  return (
    <div className="flex flex-col gap-2">
      <p className="figures text-sm text-ink-2">{summary(wish)}</p>
      <Button look="primary" size="lg" busy={busy} onClick={onSend} className="w-full">
        {!busy && <Clapperboard aria-hidden />}
        {wish.variants > 1 ? `Make ${String(wish.variants)} videos` : "Make the video"}
      </Button>
      {lacking > 0 && <p role="alert" className="text-sm text-bad">Not yet: look at what is marked.</p>}
    </div>
  );
}
