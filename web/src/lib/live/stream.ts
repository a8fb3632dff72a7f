import { EventSourceParserStream } from "eventsource-parser/stream";
import { faultOfResponse } from "@/lib/faults";

export interface Heard {
  readonly kind: string;
  readonly data: unknown;
}

/** The server sends at least a comment every 15 s; three times that in silence, and the line is dead. */
const SILENCE_MS = 45_000;

/**
 * One connection to a stream of events, to its end.
 *
 * Read with fetch and not with the browser's EventSource: that can't take up again where another one stopped, and tells
 * nothing of why it was refused.
 *
 * @returns the id of the last event, to go on from
 * @throws Fault if it is refused, anything else if the line breaks
 */
export async function listen(
  url: string,
  after: string | null,
  signal: AbortSignal,
  told: { onOpen: () => void; onEvent: (heard: Heard, id: string | null) => void },
): Promise<void> {
  const quiet = new AbortController();
  const watch = () => setTimeout(() => { quiet.abort(new Error("the stream fell silent")); }, SILENCE_MS);
  let timer = watch();
  try {
    const answer = await fetch(url, {
      headers: { Accept: "text/event-stream", ...(after === null ? {} : { "Last-Event-ID": after }) },
      cache: "no-store",
      signal: AbortSignal.any([signal, quiet.signal]),
    });
    if (!answer.ok || !answer.body) throw await faultOfResponse(answer);
    const alive = new TransformStream<BufferSource, BufferSource>({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = watch();
        controller.enqueue(chunk);
      },
    });
    const events = answer.body.pipeThrough(alive).pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    const reader = events.getReader();
    let open = false;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!open) told.onOpen(); // only now: a gateway whose database is away begins a stream, too, and ends it at once
      open = true;
      const { event, data, id } = next.value;
      told.onEvent({ kind: event ?? "message", data: JSON.parse(data) as unknown }, id ?? null);
    }
  } finally {
    clearTimeout(timer);
    quiet.abort();
  }
}
