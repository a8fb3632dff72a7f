import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { ProductState } from "@/lib/api/types";
import { root } from "./root";

const STATES: readonly ProductState[] = ["new", "changed", "same", "gone"];

const feeds = createRoute({
  getParentRoute: () => root,
  path: "/feeds",
  component: lazyRouteComponent(() => import("@/features/feeds/feeds-page"), "FeedsPage"),
});

const feed = createRoute({
  getParentRoute: () => root,
  path: "/feeds/$feed",
  validateSearch: ({ q, state }: Record<string, unknown>): { readonly q?: string; readonly state?: ProductState } => ({
    ...(typeof q === "string" && q && { q }),
    ...(STATES.includes(state as ProductState) && { state: state as ProductState }),
  }),
  component: lazyRouteComponent(() => import("@/features/feeds/feed-page"), "FeedPage"),
});

export const feedsRoutes = [feeds, feed] as const;
