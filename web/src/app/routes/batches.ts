import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { RowState } from "@/lib/api/types";
import { root } from "./root";

type Which = "changed" | "all" | "ids";

interface NewSearch {
  /** The feed whose products are shown. */
  readonly feed?: string;
  readonly which?: Which;
}

interface RowSearch {
  readonly q?: string;
  readonly state?: RowState;
}

const WHICH: readonly Which[] = ["changed", "all", "ids"];
const STATES: readonly RowState[] = ["waiting", "refused", "queued", "running", "waiting_for_review", "completed", "failed", "cancelled"];

const batches = createRoute({
  getParentRoute: () => root,
  path: "/batches",
  component: lazyRouteComponent(() => import("@/features/batches/batches-page"), "BatchesPage"),
});

const newBatch = createRoute({
  getParentRoute: () => root,
  path: "/batches/new",
  validateSearch: ({ feed, which }: Record<string, unknown>): NewSearch => ({
    ...(typeof feed === "string" && feed && { feed }),
    ...(WHICH.includes(which as Which) && { which: which as Which }),
  }),
  component: lazyRouteComponent(() => import("@/features/batches/new-page"), "NewBatchPage"),
});

const batch = createRoute({
  getParentRoute: () => root,
  path: "/batches/$batch",
  validateSearch: ({ q, state }: Record<string, unknown>): RowSearch => ({
    ...(typeof q === "string" && q && { q }),
    ...(STATES.includes(state as RowState) && { state: state as RowState }),
  }),
  component: lazyRouteComponent(() => import("@/features/batches/batch-page"), "BatchPage"),
});

export const batchesRoutes = [batches, newBatch, batch] as const;
