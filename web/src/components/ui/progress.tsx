import { Progress as Base } from "@base-ui/react/progress";
import { cn } from "@/lib/cn";
import { percent } from "@/lib/format";

interface ProgressProps {
  /** What moves, for who can't see it. */
  readonly label: string;
  /** 0..1; null: it moves, nobody knows how far. */
  readonly share: number | null;
  readonly tone?: "accent" | "good" | "warn" | "bad";
  readonly className?: string;
}

const TONES = { accent: "bg-accent", good: "bg-good", warn: "bg-warn", bad: "bg-bad" } as const;

export function Progress({ label, share, tone = "accent", className }: ProgressProps) {
  return (
    <Base.Root
      value={share === null ? null : share * 100}
      aria-label={label}
      getAriaValueText={() => (share === null ? "under way" : percent(share))}
      className={cn("block", className)}
    >
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-line">
        <Base.Indicator
          className={cn("h-full rounded-full transition-[width] duration-300", TONES[tone], share === null && "w-2/5 animate-slide")}
        />
      </Base.Track>
    </Base.Root>
  );
}
