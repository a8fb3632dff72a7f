import { CircleAlert, CircleCheck, Pause, Play, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { bytes, percent, span } from "@/lib/format";
import { uploads, type Item } from "./store";

/** One file on its way. */
export function UploadRow({ item }: { readonly item: Item }) {
  const over = item.state === "done" || item.state === "refused";
  return (
    <li className="rounded-md border border-line bg-surface px-3 py-2">
      <div className="flex items-center gap-2">
        {item.state === "done" && <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />}
        {item.state === "refused" && <CircleAlert aria-hidden className="size-4 shrink-0 text-bad" />}
        <span className="min-w-0 flex-1 truncate text-sm font-medium">{item.name}</span>
        <span className="figures shrink-0 text-xs text-ink-3">{told(item)}</span>
        {(item.state === "sending" || item.state === "waiting") && (
          <Button look="quiet" size="icon" aria-label={`Pause ${item.name}`} onClick={() => { uploads.pause(item.key); }}><Pause aria-hidden /></Button>
        )}
        {item.state === "paused" && (
          <Button look="quiet" size="icon" aria-label={`Go on with ${item.name}`} onClick={() => { uploads.resume(item.key); }}><Play aria-hidden /></Button>
        )}
        <Button
          look="quiet"
          size="icon"
          aria-label={over ? `Take ${item.name} off this list` : `Cancel ${item.name}`}
          onClick={() => { if (over) uploads.forget(item.key); else uploads.cancel(item.key); }}
        >
          <X aria-hidden />
        </Button>
      </div>
      {!over && (
        <Progress label={item.name} share={item.state === "checking" ? null : item.sent / item.size} tone={item.state === "paused" ? "warn" : "accent"} className="mt-1.5" />
      )}
      {item.words && <p role="alert" className={item.state === "refused" ? "mt-1 text-xs text-bad" : "mt-1 text-xs text-warn"}>{item.words}</p>}
    </li>
  );
}

function told({ state, sent, size, pace }: Item): string {
  if (state === "waiting") return "waits its turn";
  if (state === "checking") return "being looked at";
  if (state === "done") return bytes(size);
  if (state === "refused") return "not taken";
  const far = `${state === "paused" ? "paused at " : ""}${percent(sent / size)} of ${bytes(size)}`;
  return pace ? `${far}, ${span((size - sent) / pace)} left` : far;
}
