import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const pipeline = createRoute({
  getParentRoute: () => root,
  path: "/pipeline",
  component: lazyRouteComponent(() => import("@/features/pipeline/pipeline-page"), "PipelinePage"),
});

export const pipelineRoutes = [pipeline] as const;
