import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { keys } from "@/lib/api/keys";
import type { VideoCard } from "@/lib/api/soon";
import type { Asset, Job, Page, Video } from "@/lib/api/types";
import type { Heard } from "./stream";

/** Puts what was heard into the query cache, so that all that shows it changes at once. */
export function feed(cache: QueryClient, heard: Heard): void {
  if (heard.kind === "job") feedJob(cache, heard.data as Job);
  if (heard.kind === "asset") feedAsset(cache, heard.data as Asset);
}

function feedJob(cache: QueryClient, job: Job): void {
  const known = cache.getQueryData<Job>(keys.jobs.one(job.id));
  // The stream leaves the brief out: it never changes, so that which was read still holds.
  if (known) cache.setQueryData<Job>(keys.jobs.one(job.id), { ...job, brief: known.brief });
  const listed = patch<Job>(cache, keys.jobs.lists, (item) => (item.id === job.id ? { ...job, brief: item.brief } : item));
  if (!listed || (known && known.state !== job.state)) soon(cache, keys.jobs.lists);
  for (const video of job.videos) feedVideo(cache, video);
}

function feedVideo(cache: QueryClient, video: Video): void {
  const before = cache.getQueryData<Video>(keys.videos.one(video.id));
  if (before) {
    cache.setQueryData<Video>(keys.videos.one(video.id), { ...before, ...video });
    if (before.run !== video.run || before.state !== video.state || before.review !== video.review) {
      // What hangs on it is made anew by another run; the video itself was just told.
      void cache.invalidateQueries({
        queryKey: keys.videos.one(video.id),
        predicate: (query) => query.queryKey.length > keys.videos.one(video.id).length,
      });
    }
  }
  let changed = false;
  const listed = patch<VideoCard>(cache, keys.videos.lists, (card) => {
    if (card.id !== video.id) return card;
    changed ||= card.state !== video.state;
    const { state, share, files, thumbnail_url, review } = video;
    return { ...card, state, share, files, thumbnail_url, review };
  });
  if (!listed || changed) soon(cache, keys.videos.lists);
}

function feedAsset(cache: QueryClient, asset: Asset): void {
  const known = cache.getQueryData<Asset>(keys.assets.one(asset.id));
  if (known) cache.setQueryData<Asset>(keys.assets.one(asset.id), asset);
  if (known && known.state !== asset.state) {
    void cache.invalidateQueries({ queryKey: keys.assets.part(asset.id, "analysis") });
  }
  const listed = patch<Asset>(cache, keys.assets.lists, (item) => (item.id === asset.id ? asset : item));
  if (!listed) soon(cache, keys.assets.lists);
}

type Lists<Item> = InfiniteData<Page<Item>> | Page<Item>;

/** Changes an item in each list that holds it; tells whether any did, or none is held at all. */
function patch<Item>(cache: QueryClient, lists: readonly string[], change: (item: Item) => Item): boolean {
  let found = false;
  const changed = (page: Page<Item>): Page<Item> => {
    const items = page.items.map(change);
    const differs = items.some((item, at) => item !== page.items[at]);
    found ||= differs;
    return differs ? { ...page, items } : page;
  };
  const held = cache.getQueriesData<Lists<Item>>({ queryKey: lists }).filter(([, list]) => list);
  for (const [key, list] of held) {
    if (!list) continue;
    cache.setQueryData(key, "pages" in list ? { ...list, pages: list.pages.map(changed) } : changed(list));
  }
  return found || held.length === 0;
}

const SOON_MS = 400;
const waiting = new WeakMap<QueryClient, Set<string>>();

/** Has lists read again, once for all that comes within a moment. */
function soon(cache: QueryClient, queryKey: readonly string[]): void {
  const due = waiting.get(cache) ?? new Set<string>();
  waiting.set(cache, due);
  const name = queryKey.join("/");
  if (due.has(name)) return;
  due.add(name);
  setTimeout(() => {
    due.delete(name);
    void cache.invalidateQueries({ queryKey });
  }, SOON_MS);
}
