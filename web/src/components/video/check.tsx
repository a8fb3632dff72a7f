import { LoaderCircle, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Check, Finding } from "@/lib/api/types";
import { position } from "@/lib/format";

type Verdict = Check["verdict"];

const VERDICTS: Readonly<Record<Verdict, { readonly word: string; readonly tone: Tone; readonly says: string }>> = {
  pending: { word: "Being checked", tone: "accent", says: "Picture, sound and words of each file are being measured." },
  passed: { word: "Checked", tone: "good", says: "Picture, sound and words of each file were measured, and nothing is wrong with them." },
  failed: { word: "Faults found", tone: "bad", says: "It can be watched and downloaded, but should not be published as it is." },
  unknown: { word: "Not checked", tone: "warn", says: "Nobody knows whether it is fit to be published." },
};

/** What the quality gate says of a video, with what it found; a place in the video is gone to by its time. */
export function CheckNote({ check, onSeek }: { readonly check: Check; readonly onSeek: (seconds: number) => void }) {
  const { word, tone, says } = VERDICTS[check.verdict];
  return (
    <section aria-label="Quality" className="flex flex-col gap-2">
      <p className="flex flex-col items-start gap-1.5 text-sm text-ink-2">
        <Badge tone={tone}><Mark verdict={check.verdict} />{word}</Badge>
        <span>{says}</span>
      </p>
      {check.findings.length > 0 && (
        <ul className="flex flex-col gap-1.5 text-sm">
          {check.findings.map((finding) => <FindingRow key={`${finding.code} ${String(finding.preset)} ${String(finding.start_s)}`} finding={finding} onSeek={onSeek} />)}
        </ul>
      )}
    </section>
  );
}

function FindingRow({ finding, onSeek }: { readonly finding: Finding; readonly onSeek: (seconds: number) => void }) {
  const { start_s: start, preset, message } = finding;
  return (
    <li className="min-w-0 rounded-md bg-sunken px-3 py-2 break-words">
      {preset && <span className="font-medium">{preset}: </span>}
      {message}
      {start !== null && (
        <button type="button" onClick={() => { onSeek(start); }} className="figures ml-2 text-accent-text underline underline-offset-4">
          Show {position(start)}
        </button>
      )}
    </li>
  );
}

/** The same in one mark, for a picture's corner: the first fault in words. */
export function CheckMark({ check }: { readonly check: Check }) {
  const { word, tone } = VERDICTS[check.verdict];
  const [first] = check.findings;
  const more = check.findings.length > 1 ? ` (and ${String(check.findings.length - 1)} more)` : "";
  return (
    <span title={first && `${first.message}${more}`}>
      <Badge tone={tone}><Mark verdict={check.verdict} />{word}</Badge>
      {first && <span className="sr-only">: {first.message}{more}</span>}
    </span>
  );
}

function Mark({ verdict }: { readonly verdict: Verdict }) {
  switch (verdict) {
    case "pending": return <LoaderCircle aria-hidden className="animate-spin" />;
    case "passed": return <ShieldCheck aria-hidden />;
    case "failed": return <ShieldAlert aria-hidden />;
    case "unknown": return <ShieldQuestion aria-hidden />;
  }
}
