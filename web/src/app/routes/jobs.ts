import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  component: lazyRouteComponent(() => import("@/features/jobs/jobs-page"), "JobsPage"),
});

const job = createRoute({
  getParentRoute: () => root,
  path: "/jobs/$job",
  component: lazyRouteComponent(() => import("@/features/jobs/job-page"), "JobPage"),
});

export const jobsRoutes = [jobs, job] as const;
