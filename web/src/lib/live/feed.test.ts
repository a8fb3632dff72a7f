import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keys } from "@/lib/api/keys";
import { feed } from "./feed";

const video = { id: "v1", run: 1, state: "running", share: 0.5, files: [], thumbnail_url: null, review: null };
const job = { id: "j1", state: "running", share: 0.5, brief: null, videos: [video] };
const list = keys.jobs.list({});

let cache: QueryClient;
beforeEach(() => {
  vi.useFakeTimers();
  cache = new QueryClient();
});
afterEach(() => {
  cache.clear();
  vi.useRealTimers();
});

const tell = (data: object, kind = "job") => { feed(cache, { kind, data }); };
const stale = (key: readonly unknown[]) => cache.getQueryState(key)?.isInvalidated;

it("changes a job where it is shown, and keeps its brief", () => {
  const brief = { script: "Hello" };
  cache.setQueryData(keys.jobs.one("j1"), { ...job, share: 0.1, brief });
  cache.setQueryData(list, { pages: [{ items: [{ ...job, share: 0.1 }, { id: "j2" }], next_cursor: null }], pageParams: [null] });
  tell({ ...job, share: 0.2 });
  tell(job);
  expect(cache.getQueryData(keys.jobs.one("j1"))).toEqual({ ...job, brief });
  expect(cache.getQueryData(list)).toEqual({ pages: [{ items: [job, { id: "j2" }], next_cursor: null }], pageParams: [null] });
});

it("has lists read again when something turns, not while it only moves on", () => {
  cache.setQueryData(list, { items: [], next_cursor: null });
  tell(job);
  vi.advanceTimersByTime(1000);
  cache.setQueryData(list, { items: [], next_cursor: null });
  tell({ ...job, share: 0.6 });
  vi.advanceTimersByTime(1000);
  expect(stale(list)).toBe(false);
  tell({ ...job, state: "completed" });
  vi.advanceTimersByTime(1000);
  expect(stale(list)).toBe(true);
});

it("leaves lists alone that hold nothing of it", () => {
  const other = { pages: [{ items: [{ id: "j2" }], next_cursor: null }], pageParams: [null] };
  cache.setQueryData(keys.jobs.list({ state: "failed" }), other);
  cache.setQueryData(list, { pages: [{ items: [{ ...job, share: 0 }], next_cursor: null }], pageParams: [null] });
  tell(job);
  expect(cache.getQueryData(keys.jobs.list({ state: "failed" }))).toBe(other);
});

it("has lists read again once for many new jobs", () => {
  cache.setQueryData(list, { items: [], next_cursor: null });
  const again = vi.spyOn(cache, "invalidateQueries");
  for (let at = 0; at < 20; at++) tell({ ...job, id: `new-${at}` });
  vi.advanceTimersByTime(1000);
  expect(stale(list)).toBe(true);
  expect(again.mock.calls.filter(([filter]) => filter?.queryKey === keys.jobs.lists)).toHaveLength(1);
});

it("has what hangs on a video read again when it was made anew", () => {
  cache.setQueryData(keys.videos.one("v1"), video);
  cache.setQueryData(keys.videos.part("v1", "match-report"), {});
  tell({ ...job, videos: [{ ...video, share: 0.7 }] });
  expect(stale(keys.videos.part("v1", "match-report"))).toBe(false);
  tell({ ...job, videos: [{ ...video, run: 2 }] });
  expect(stale(keys.videos.part("v1", "match-report"))).toBe(true);
  expect(stale(keys.videos.one("v1"))).toBe(false);
});

it("tells the quality gate's word in the library, without the lists being read again", () => {
  const check = { verdict: "passed", findings: [], checked_at: "2026-01-02T12:00:00Z" };
  const lists = keys.videos.list({});
  cache.setQueryData(lists, { items: [{ id: "v1", state: "completed", check: { ...check, verdict: "pending" }, publishable: false }], next_cursor: null });
  tell({ ...job, videos: [{ ...video, state: "completed", check, publishable: true }] });
  expect(cache.getQueryData<{ items: unknown[] }>(lists)?.items).toMatchObject([{ id: "v1", check, publishable: true }]);
});

it("changes an upload where it is shown", () => {
  cache.setQueryData(keys.assets.list({}), { items: [{ id: "a1", state: "uploaded" }], next_cursor: null });
  tell({ id: "a1", state: "analysed" }, "asset");
  expect(cache.getQueryData(keys.assets.list({}))).toEqual({ items: [{ id: "a1", state: "analysed" }], next_cursor: null });
});
