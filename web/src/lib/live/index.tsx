import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { keys } from "@/lib/api/keys";
import { feed } from "./feed";
import { LiveLine, type LiveState } from "./line";
import { listen } from "./stream";

export type { LiveState } from "./line";

/** How often what moves is read again where events can't be had. */
const POLL_MS = 3_000;
const MOVING = [keys.jobs.all, keys.videos.all, keys.assets.all, keys.feeds.all, [...keys.batches.lists], ["batches", "one"]];

const Line = createContext<LiveLine | null>(null);

const readAgain = (cache: QueryClient) => {
  // What is being read is left to end: begun anew each time, a read that fails slowly would never be told.
  for (const queryKey of MOVING) void cache.invalidateQueries({ queryKey }, { cancelRefetch: false });
};

/** Holds the page's one line to the gateway's events. Opens it only while somebody below uses `useLive`. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient();
  const [line] = useState(
    () =>
      new LiveLine({
        url: "/v1/events",
        listen,
        onEvent: (heard) => { feed(cache, heard); },
        onGap: () => { readAgain(cache); },
      }),
  );
  useEffect(() => {
    const look = () => { line.show(document.visibilityState === "visible"); };
    look();
    document.addEventListener("visibilitychange", look);
    return () => { document.removeEventListener("visibilitychange", look); };
  }, [line]);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const turn = () => {
      clearInterval(timer);
      if (line.state === "polling") timer = setInterval(() => { readAgain(cache); }, POLL_MS);
    };
    turn();
    const stop = line.subscribe(turn);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [line, cache]);
  return <Line value={line}>{children}</Line>;
}

function useLine(): LiveLine {
  const line = useContext(Line);
  if (!line) throw new Error("useLive needs a LiveProvider above it");
  return line;
}

/** How news come, without asking for any. */
export function useLiveState(): LiveState {
  const line = useLine();
  return useSyncExternalStore(line.subscribe, () => line.state);
}

/**
 * Keeps what is shown of jobs, videos and uploads up to date while the component is there: the events change the query
 * cache. All users share one connection; where it can't be had, the queries are read again every few seconds.
 */
export function useLive(): LiveState {
  const line = useLine();
  useEffect(() => line.use(), [line]);
  return useLiveState();
}
