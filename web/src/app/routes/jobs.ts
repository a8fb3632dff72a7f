import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { State } from "@/lib/api/types";
import { root } from "./root";

const STATES: readonly State[] = ["queued", "running", "waiting_for_review", "completed", "failed", "cancelled"];

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  validateSearch: ({ q, state, all }: Record<string, unknown>): { readonly q?: string; readonly state?: State; readonly all?: true } => ({
    ...(typeof q === "string" && q && { q }),
    ...(STATES.includes(state as State) && { state: state as State }),
    ...(all === true && { all }),
  }),
  component: lazyRouteComponent(() => import("@/features/jobs/jobs-page"), "JobsPage"),
});

const job = createRoute({
  getParentRoute: () => root,
  path: "/jobs/$job",
  component: lazyRouteComponent(() => import("@/features/jobs/job-page"), "JobPage"),
});

export const jobsRoutes = [jobs, job] as const;
