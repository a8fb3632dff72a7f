import { connection } from "@/lib/connection";
import { Fault, faultOfResponse, networkAway, timedOut } from "@/lib/faults";

/** Longest silence before an answer, by kind of call. Uploads don't come by here, see lib/upload. */
const READ_MS = 10_000;
const WRITE_MS = 20_000;
/** A reading call is tried this often in all. What changes something is never sent again by itself. */
const TRIES = 3;
const FIRST_WAIT_MS = 300;
/** What would take longer, all waits together, is told to the person instead of waited for in silence. */
const LONGEST_WAIT_MS = 8_000;

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Sends a request as every request of this page is sent.
 *
 * @throws Fault for every answer that is not a success, and for none; the caller's own AbortError where it gave up.
 */
export async function send(request: Request): Promise<Response> {
  const tries = SAFE.has(request.method) ? TRIES : 1;
  let waited = 0;
  for (let tried = 1; ; tried++) {
    try {
      return await once(request);
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !thrown.passing || tried === tries) throw thrown;
      const wait = waitBefore(tried, thrown.retryAfterS);
      waited += wait;
      if (waited > LONGEST_WAIT_MS) throw thrown;
      await pause(wait, request.signal);
    }
  }
}

async function once(request: Request): Promise<Response> {
  const longest = SAFE.has(request.method) ? READ_MS : WRITE_MS;
  const late = AbortSignal.timeout(longest);
  try {
    // The clone keeps the request whole for the next try.
    const answer = await fetch(request.clone(), { signal: AbortSignal.any([request.signal, late]) });
    if (answer.ok) {
      connection.answered();
      return answer;
    }
    throw await faultOfResponse(answer);
  } catch (thrown) {
    if (request.signal.aborted) throw thrown;
    const fault = thrown instanceof Fault ? thrown : late.aborted ? timedOut(longest) : networkAway(thrown);
    if (fault.unreachable) connection.failed();
    else connection.answered();
    throw fault;
  }
}

/** Milliseconds: what the server asked for, else growing, each time with jitter so that pages don't come back at once. */
function waitBefore(tried: number, retryAfterS: number | null): number {
  const least = retryAfterS === null ? FIRST_WAIT_MS * 2 ** (tried - 1) : retryAfterS * 1000;
  return least * (1 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
