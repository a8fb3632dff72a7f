import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Fault } from "@/lib/faults";
import { LiveLine, type LineParts } from "./line";

type Listen = LineParts["listen"];

/** A stream that the test opens, speaks on and breaks. */
function stream() {
  const calls: { after: string | null; signal: AbortSignal; told: Parameters<Listen>[3]; end: (fault?: Error) => void }[] = [];
  const listen: Listen = (_, after, signal, told) =>
    new Promise((resolve, reject) => {
      const end = (fault?: Error) => { if (fault) reject(fault); else resolve(); };
      signal.addEventListener("abort", () => { end(signal.reason as Error); });
      calls.push({ after, signal, told, end });
    });
  return { calls, listen };
}

const away = (more: object = {}) => new Fault({ code: "network_away", title: "t", detail: "d", ...more });

function line() {
  const { calls, listen } = stream();
  const heard: unknown[] = [];
  let gaps = 0;
  const made = new LiveLine({ url: "/v1/events", listen, onEvent: (event) => heard.push(event), onGap: () => { gaps += 1; } });
  return { line: made, calls, heard, gaps: () => gaps };
}

const last = <T>(of: readonly T[]): T => of.at(-1)!;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it("is one line for all who use it, and closes after the last", () => {
  const { line: made, calls } = line();
  const stops = [made.use(), made.use()];
  expect(calls).toHaveLength(1);
  calls[0]!.told.onOpen();
  expect(made.state).toBe("live");
  stops[0]!();
  expect(calls[0]!.signal.aborted).toBe(false);
  stops[1]!();
  expect(calls[0]!.signal.aborted).toBe(true);
  expect(made.state).toBe("off");
});

it("pauses while nobody looks and goes on from the last event", () => {
  const { line: made, calls, heard, gaps } = line();
  made.use();
  calls[0]!.told.onOpen();
  calls[0]!.told.onEvent({ kind: "job", data: 1 }, "42");
  made.show(false);
  expect(made.state).toBe("paused");
  expect(calls[0]!.signal.aborted).toBe(true);
  made.show(true);
  expect(last(calls).after).toBe("42");
  last(calls).told.onOpen();
  expect(heard).toEqual([{ kind: "job", data: 1 }]);
  expect(gaps()).toBe(1); // only the first opening had nothing to go on from
});

it("has all read anew when too much changed to be told", () => {
  const { line: made, calls, heard, gaps } = line();
  made.use();
  calls[0]!.told.onOpen();
  calls[0]!.told.onEvent({ kind: "open", data: { cursor: 9, reset: false } }, "9");
  expect(gaps()).toBe(1);
  made.show(false);
  made.show(true);
  expect(last(calls).after).toBe("9");
  last(calls).told.onOpen();
  last(calls).told.onEvent({ kind: "open", data: { cursor: 900, reset: true } }, "900");
  expect(gaps()).toBe(2);
  expect(heard).toEqual([]);
});

it("asks instead after three failures, and comes back by itself", async () => {
  const { line: made, calls } = line();
  made.use();
  for (let failures = 1; failures <= 3; failures++) {
    last(calls).end(away());
    await vi.advanceTimersByTimeAsync(failures < 3 ? 3_000 : 0);
  }
  expect(made.state).toBe("polling");
  await vi.advanceTimersByTimeAsync(60_000);
  last(calls).told.onOpen();
  expect(made.state).toBe("live");
});

it("asks at once where the gateway has no such stream", async () => {
  const { line: made, calls } = line();
  made.use();
  calls[0]!.end(away({ status: 404 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(made.state).toBe("polling");
});

it("waits as long as it is told to", async () => {
  const { line: made, calls } = line();
  made.use();
  calls[0]!.end(away({ status: 429, retryAfterS: 20 }));
  await vi.advanceTimersByTimeAsync(14_000);
  expect(calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(calls).toHaveLength(2);
  expect(made.state).toBe("connecting");
});

it("takes an end in peace for no failure", async () => {
  const { line: made, calls } = line();
  made.use();
  calls[0]!.told.onOpen();
  calls[0]!.end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls).toHaveLength(2);
  expect(made.state).toBe("live");
});
