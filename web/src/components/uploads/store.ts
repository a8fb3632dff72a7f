import type { DetailedError, Upload as Tus } from "tus-js-client";
import { api, data } from "@/lib/api/client";
import { faultOf } from "@/lib/faults";
import { pace, sampled, type Sample } from "./pace";
import type { Asset, Upload } from "@/lib/api/types";

export type Kind = "footage" | "music" | "image" | "table";
export type UploadState = "waiting" | "sending" | "paused" | "checking" | "done" | "refused";

export interface Item {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly kind: Kind;
  /** Which of several places of a page it was dropped at; null where there is one only. */
  readonly place: string | null;
  readonly state: UploadState;
  /** Bytes that have arrived. */
  readonly sent: number;
  /** Bytes a second; null where it can't be told. */
  readonly pace: number | null;
  /** Its name at the gateway, once it has one. */
  readonly id: string | null;
  /** What is wrong, in words. */
  readonly words: string | null;
  readonly asset: Asset | null;
}

const AT_ONCE = 3;
const RETRY_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];
const CHECKS = 120;
const CHECK_MS = 500;

interface Running {
  readonly file: File;
  readonly onAsset: ((asset: Asset) => void) | undefined;
  tus: Tus | null;
}

const running = new Map<string, Running>();
const listeners = new Set<() => void>();
let items: readonly Item[] = [];
let made = 0;

const tell = () => { for (const listener of listeners) listener(); };

function change(key: string, part: Partial<Item>): void {
  items = items.map((item) => (item.key === key ? { ...item, ...part } : item));
  tell();
}

/** The uploads of this window. They go on while one looks at other pages. */
export const uploads = {
  list: () => items,

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  },

  add(file: File, kind: Kind, maxBytes: number | null, onAsset?: (asset: Asset) => void, place: string | null = null): void {
    made += 1;
    const key = `upload-${String(made)}`;
    const refused = refusal(file, maxBytes);
    items = [...items, { key, name: file.name, size: file.size, kind, place, state: refused ? "refused" : "waiting", sent: 0, pace: null, id: null, words: refused, asset: null }];
    tell();
    if (!refused) running.set(key, { file, onAsset, tus: null });
    next();
  },

  pause(key: string): void {
    void running.get(key)?.tus?.abort();
    change(key, { state: "paused", pace: null, words: null });
    next();
  },

  resume(key: string): void {
    change(key, { state: "waiting", words: null });
    next();
  },

  /** Ends it, here and at the gateway. */
  cancel(key: string): void {
    void running.get(key)?.tus?.abort(true).catch(() => undefined); // what stays behind there expires by itself
    uploads.forget(key);
  },

  forget(key: string): void {
    running.delete(key);
    items = items.filter((item) => item.key !== key);
    tell();
    next();
  },
};

export function refusal(file: { readonly size: number }, maxBytes: number | null): string | null {
  if (file.size === 0) return "This file is empty.";
  if (maxBytes !== null && file.size > maxBytes) {
    return `This file is too large: at most ${String(Math.floor(maxBytes / 1_048_576))} MB are taken.`;
  }
  return null;
}

function next(): void {
  const free = AT_ONCE - items.filter((item) => item.state === "sending").length;
  for (const item of items.filter((one) => one.state === "waiting").slice(0, Math.max(free, 0))) void start(item);
}

async function start(item: Item): Promise<void> {
  const own = running.get(item.key);
  if (!own) return;
  change(item.key, { state: "sending" });
  const tusClient = await import("tus-js-client").catch(() => null); // not before there is something to send
  if (items.find((one) => one.key === item.key)?.state !== "sending") return; // paused or cancelled meanwhile
  if (!tusClient) { failed(item.key, new Error("the script could not be loaded")); return; }
  let asset: string | null = null;
  let samples: readonly Sample[] = [];
  const tus: Tus = new tusClient.Upload(own.file, {
    endpoint: "/v1/uploads",
    retryDelays: RETRY_MS,
    metadata: { filename: item.name, kind: item.kind },
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => {
      samples = sampled(samples, { at: Date.now(), sent });
      change(item.key, { sent, pace: pace(samples) });
    },
    onUploadUrlAvailable: () => { change(item.key, { id: idOf(tus.url) }); },
    onAfterResponse: (_, response) => { asset = response.getHeader("Edit-Factory-Asset") ?? asset; },
    onSuccess: () => void settle(item.key, tus.url, asset),
    onError: (error) => { failed(item.key, error); },
  });
  own.tus = tus;
  const [before] = await tus.findPreviousUploads().catch(() => []);
  if (before) tus.resumeFromPreviousUpload(before);
  tus.start();
}

const idOf = (url: string | null): string | null => url?.split("/").pop() ?? null;

/** All bytes are there: waits until the gateway has looked at them. */
async function settle(key: string, url: string | null, asset: string | null): Promise<void> {
  change(key, { state: "checking" });
  next();
  try {
    const id = asset ?? (await checked(idOf(url) ?? "")).asset?.id ?? "";
    const found = await data(api.GET("/v1/assets/{asset}", { params: { path: { asset: id } } }));
    change(key, { state: "done", asset: found, words: null });
    running.get(key)?.onAsset?.(found);
    running.delete(key);
  } catch (thrown) {
    change(key, { state: "refused", words: faultOf(thrown).detail });
  }
}

async function checked(id: string): Promise<Upload> {
  for (let tried = 0; tried < CHECKS; tried += 1) {
    const seen = await data(api.GET("/v1/uploads/{upload}", { params: { path: { upload: id } } }));
    if (seen.state === "refused") throw new Error(seen.fault?.message ?? "The file was refused.");
    if (seen.state === "done") return seen;
    await new Promise((wake) => setTimeout(wake, CHECK_MS));
  }
  throw new Error("The file is still being looked at. Find it on the Footage page in a moment.");
}

function failed(key: string, error: Error | DetailedError): void {
  const answer = "originalResponse" in error ? error.originalResponse : null;
  const status = answer?.getStatus() ?? 0;
  if (status >= 400 && status < 500 && status !== 408 && status !== 423 && status !== 429) {
    change(key, { state: "refused", words: detailOf(answer?.getBody() ?? "") });
  } else {
    change(key, { state: "paused", pace: null, words: "The line broke. What has arrived is kept." });
  }
  next();
}

export function detailOf(body: string): string {
  try {
    const told: unknown = JSON.parse(body);
    if (typeof told === "object" && told !== null && "detail" in told && typeof told.detail === "string") return told.detail;
  } catch {
    // not problem details: the words below
  }
  return "The file was not taken.";
}

window.addEventListener("online", () => {
  for (const item of items) if (item.state === "paused" && item.words) uploads.resume(item.key);
});
window.addEventListener("beforeunload", (event) => {
  if (items.some((item) => item.state === "sending" || item.state === "waiting")) event.preventDefault();
});
