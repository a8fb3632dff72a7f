import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { keys } from "@/lib/api/keys";
import type { Asset, Job, Page, Video, VideoCard } from "@/lib/api/types";
import type { Heard } from "./stream";

/** Puts what was heard into the query cache, so that all that shows it changes at once. */
export function feed(cache: QueryClient, heard: Heard): void {
  if (heard.kind === "job") feedJob(cache, heard.data as Job);
  if (heard.kind === "asset") feedAsset(cache, heard.data as Asset);
  // Of these only that there is news is told: they are read again, where somebody looks at them.
  const { id } = heard.data as { readonly id: string };
  if (heard.kind === "batch") for (const key of [keys.batches.one(id), keys.batches.lists]) soon(cache, key, CALM_MS);
  if (heard.kind === "feed" || heard.kind === "feed_removed") for (const key of [keys.feeds.one(id), keys.feeds.lists]) soon(cache, key);
}

function feedJob(cache: QueryClient, job: Job): void {
  const known = cache.getQueryData<Job>(keys.jobs.one(job.id));
  // The stream leaves the brief out: it never changes, so that which was read still holds.
  if (known) cache.setQueryData<Job>(keys.jobs.one(job.id), { ...job, brief: known.brief });
  patch<Job>(cache, keys.jobs.lists, (item) => (item.id === job.id ? { ...job, brief: item.brief } : item));
  if (hasTurned(cache, job)) soon(cache, keys.jobs.lists);
  for (const video of job.videos) feedVideo(cache, video);
}

function feedVideo(cache: QueryClient, video: Video): void {
  const key = keys.videos.one(video.id);
  const before = cache.getQueryData<Video>(key);
  if (before) cache.setQueryData<Video>(key, { ...before, ...video });
  if (before && (before.run !== video.run || before.state !== video.state || before.review !== video.review)) {
    // What hangs on it was made anew; the video itself was just told.
    const hangsOn = (query: { queryKey: readonly unknown[] }) => query.queryKey.length > key.length;
    void cache.invalidateQueries({ queryKey: key, predicate: hangsOn });
  }
  patch<VideoCard>(cache, keys.videos.lists, (card) => {
    if (card.id !== video.id) return card;
    const { state, share, files, thumbnail_url, review, check, publishable } = video;
    return { ...card, state, share, files, thumbnail_url, review, check, publishable };
  });
  if (hasTurned(cache, video)) soon(cache, keys.videos.lists);
}

function feedAsset(cache: QueryClient, asset: Asset): void {
  const known = cache.getQueryData<Asset>(keys.assets.one(asset.id));
  if (known) cache.setQueryData<Asset>(keys.assets.one(asset.id), asset);
  if (known && known.state !== asset.state) {
    void cache.invalidateQueries({ queryKey: keys.assets.part(asset.id, "analysis") });
  }
  patch<Asset>(cache, keys.assets.lists, (item) => (item.id === asset.id ? asset : item));
  if (hasTurned(cache, asset)) soon(cache, keys.assets.lists);
}

type Lists<Item> = InfiniteData<Page<Item>> | Page<Item>;

/** Changes an item in each list that holds it. */
function patch<Item>(cache: QueryClient, lists: readonly string[], change: (item: Item) => Item): void {
  for (const [key, list] of cache.getQueriesData<Lists<Item>>({ queryKey: lists })) {
    if (!list) continue;
    const next = "pages" in list ? changedPages(list, change) : changed(list, change);
    if (next !== list) cache.setQueryData(key, next);
  }
}

function changedPages<Item>(list: InfiniteData<Page<Item>>, change: (item: Item) => Item): InfiniteData<Page<Item>> {
  const pages = list.pages.map((page) => changed(page, change));
  return pages.some((page, at) => page !== list.pages[at]) ? { ...list, pages } : list;
}

/** The page with one of its items changed; the page itself where none is. */
function changed<Item>(page: Page<Item>, change: (item: Item) => Item): Page<Item> {
  const items = page.items.map(change);
  return items.some((item, at) => item !== page.items[at]) ? { ...page, items } : page;
}

const MOST_STATES = 1_000;
const lastStates = new WeakMap<QueryClient, Map<string, string>>();

/** Whether something is heard of for the first time, or in another state: it may belong into other lists now. */
function hasTurned(cache: QueryClient, { id, state }: { readonly id: string; readonly state: string }): boolean {
  const states = lastStates.get(cache) ?? new Map<string, string>();
  lastStates.set(cache, states);
  const before = states.get(id);
  states.delete(id);
  states.set(id, state);
  const oldest = states.keys().next();
  if (states.size > MOST_STATES && !oldest.done) states.delete(oldest.value);
  return before !== state;
}

const SOON_MS = 400;
const CALM_MS = 1_000; // a batch moves with each of its jobs
const waiting = new WeakMap<QueryClient, Set<string>>();

/** Has lists read again, once for all that comes within a moment. */
function soon(cache: QueryClient, queryKey: readonly string[], ms = SOON_MS): void {
  const due = waiting.get(cache) ?? new Set<string>();
  waiting.set(cache, due);
  const name = queryKey.join("/");
  if (due.has(name)) return;
  due.add(name);
  setTimeout(() => {
    due.delete(name);
    void cache.invalidateQueries({ queryKey });
  }, ms);
}
