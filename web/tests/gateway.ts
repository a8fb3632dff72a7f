import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, vi } from "vitest";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Gateway {
  readonly url: string;
  /** What was asked, in order: `GET /v1/jobs`. */
  readonly asked: string[];
  /** Answers a call from now on; replaces an earlier answer. */
  on: (call: string, answer: Answer | object) => void;
}

/** A real server on this machine that answers as it is told, and that the page's own fetch reaches as if it were its own. */
export async function gateway(): Promise<Gateway> {
  const answers = new Map<string, Answer | object>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const call = `${request.method ?? ""} ${request.url?.split("?")[0] ?? ""}`;
    asked.push(call);
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const answer = answers.get(call) ?? refuse(404, "not_found", "There is no such thing.");
      if (typeof answer === "function") (answer as Answer)(request, response, Buffer.concat(parts).toString());
      else response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  redirectFetch(url);
  return { url, asked, on: (call, answer) => answers.set(call, answer) };
}

const ends: (() => void)[] = [];
const realFetch = globalThis.fetch;

afterEach(() => {
  ends.splice(0).forEach((end) => { end(); });
  vi.unstubAllGlobals();
});

function redirectFetch(url: string): void {
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const asked = new URL(typeof input === "string" ? input : input.url, "http://factory.test");
    const target = url + asked.pathname + asked.search;
    if (typeof input === "string") return realFetch(target, init);
    const { method, headers, signal } = input;
    const body = method === "GET" || method === "HEAD" ? null : await input.arrayBuffer();
    return realFetch(target, { method, headers, signal, body, ...init });
  });
}

/** Problem details, as the gateway tells every refusal. */
export function refuse(status: number, code: string, detail: string, more: object = {}, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { "Content-Type": "application/problem+json", "X-Request-ID": "abc123", ...headers });
    response.end(JSON.stringify({ type: `urn:edit-factory:problem:${code}`, title: "Refused", status, code, detail, ...more }));
  };
}
