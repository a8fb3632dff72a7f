/**
 * The one kind of message for all that can go wrong: a refusal of the gateway (problem details), a network that is away,
 * an answer that does not come, a slip in this page.
 */

export interface FieldFault {
  /** A JSON pointer into what was sent, as the gateway tells it: `/subtitles/size`. */
  readonly pointer: string;
  readonly message: string;
}

interface FaultParts {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** The HTTP status; 0 where no answer came. */
  readonly status?: number;
  readonly fields?: readonly FieldFault[];
  /** The reference by which the server's log tells more. */
  readonly requestId?: string | null;
  /** Seconds to wait before the same is worth trying again. */
  readonly retryAfterS?: number | null;
  /** What else the problem details hold, such as the job that is in the way. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export class Fault extends Error {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly fields: readonly FieldFault[];
  readonly requestId: string | null;
  readonly retryAfterS: number | null;
  readonly more: Readonly<Record<string, unknown>>;
  readonly at = new Date();

  constructor(parts: FaultParts, options?: ErrorOptions) {
    super(`${parts.code}: ${parts.detail}`, options);
    this.name = "Fault";
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.status = parts.status ?? 0;
    this.fields = parts.fields ?? [];
    this.requestId = parts.requestId ?? null;
    this.retryAfterS = parts.retryAfterS ?? null;
    this.more = parts.more ?? {};
  }

  /** Whether the same request may well succeed later. */
  get passing(): boolean {
    return this.status === 0 || [408, 429, 502, 503, 504].includes(this.status);
  }

  /** Whether nothing answered at all, or only a proxy in front of a gateway that is away. */
  get unreachable(): boolean {
    return ["network_away", "timed_out"].includes(this.code) || this.status === 502 || this.status === 504;
  }
}

const ELSEWHERE = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** No answer came. A machine without a network still reaches a gateway that runs on itself. */
export function networkAway(cause: unknown): Fault {
  const offline = !navigator.onLine && !ELSEWHERE.has(location.hostname);
  return new Fault(
    {
      code: "network_away",
      title: offline ? "You are offline" : "Edit Factory does not answer",
      detail: offline
        ? "This device has no network. What you see may be out of date."
        : "It may be restarting, or the connection broke. It is tried again by itself.",
    },
    { cause },
  );
}

export function timedOut(afterMs: number): Fault {
  return new Fault({
    code: "timed_out",
    title: "No answer in time",
    detail: `The server did not answer within ${Math.round(afterMs / 1000)} seconds. It may be very busy.`,
  });
}

/** Turns anything that was thrown into a Fault. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  return new Fault(
    {
      code: "unexpected",
      title: "Something broke in this page",
      detail: "Your videos are not touched by it. Try again, and reload the page if it comes back.",
      requestId: reference(),
    },
    { cause: thrown },
  );
}

/** A name by which a fault of the page itself can be spoken about. */
const reference = () => `page-${Math.random().toString(36).slice(2, 8)}`;

/** The fault that an answer tells, be it problem details or a proxy's own page. */
export async function faultOfResponse(response: Response): Promise<Fault> {
  const told = await body(response);
  const status = response.status;
  return new Fault({
    status,
    code: text(told.code) ?? `http_${status}`,
    title: text(told.title) ?? titleOf(status),
    detail: text(told.detail) ?? detailOf(status),
    fields: fieldsOf(told.errors),
    requestId: response.headers.get("X-Request-ID") ?? text(told.request_id),
    retryAfterS: retryAfter(response.headers.get("Retry-After")),
    more: told,
  });
}

async function body(response: Response): Promise<Record<string, unknown>> {
  try {
    const told: unknown = await response.clone().json();
    return typeof told === "object" && told !== null ? (told as Record<string, unknown>) : {};
  } catch {
    return {}; // not JSON: the status alone tells
  }
}

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

function fieldsOf(errors: unknown): FieldFault[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const { pointer, message } = (error ?? {}) as Partial<FieldFault>;
    return typeof pointer === "string" && typeof message === "string" ? [{ pointer, message }] : [];
  });
}

/** Seconds of a Retry-After header, which may also be a date. */
export function retryAfter(header: string | null, now = Date.now()): number | null {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

function titleOf(status: number): string {
  if (status === 401) return "Not signed in";
  if (status === 403) return "Not allowed";
  if (status === 404) return "There is no such thing";
  if (status === 413) return "Too large";
  if (status === 429) return "Too many requests";
  return status >= 500 ? "The server is not available now" : "Refused";
}

function detailOf(status: number): string {
  if (status === 429) return "Wait a moment, then go on.";
  return status >= 500 ? "It may be restarting. Try again in a moment." : `The server said ${status}.`;
}

/** Where a pointer leads in a form whose fields are named by path: `/subtitles/size` is `subtitles.size`. */
export function fieldName(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
