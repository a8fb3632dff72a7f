import { Badge, type Tone } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { count, percent } from "@/lib/format";
import type { FeedImport } from "@/lib/api/types";

/** How far an import is, or what it came to. */
export function ImportState({ of, name }: { readonly of: FeedImport; readonly name: string }) {
  if (of.fault) return <p className="text-sm break-words text-bad">{of.fault.message}</p>;
  if (of.counts) return <Counts counts={of.counts} />;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="figures text-sm text-ink-2">{of.state === "waiting" ? "Waits its turn" : `Being read, ${percent(of.share)}`}</p>
      <Progress label={`Import of ${name}`} share={of.state === "waiting" ? null : of.share} />
    </div>
  );
}

type Told = NonNullable<FeedImport["counts"]>;

const SHOWN: readonly { readonly name: "new" | "changed" | "gone" | "wrong"; readonly tone: Tone; readonly word: string }[] = [
  { name: "new", tone: "good", word: "new" },
  { name: "changed", tone: "accent", word: "changed" },
  { name: "gone", tone: "plain", word: "gone" },
  { name: "wrong", tone: "bad", word: "wrong" },
];

function Counts({ counts }: { readonly counts: Told }) {
  const some = SHOWN.filter(({ name }) => counts[name] > 0);
  return (
    <p className="flex flex-wrap gap-1.5">
      {some.length === 0 && <Badge>nothing changed</Badge>}
      {some.map(({ name, tone, word }) => <Badge key={name} tone={tone}><span className="figures">{count(counts[name])} {word}</span></Badge>)}
    </p>
  );
}
