import { createRouter, type RouterHistory } from "@tanstack/react-router";
import { PageSkeleton } from "@/components/ui/skeleton";
import { NotFound } from "./not-found";
import { RouteFault } from "./route-fault";
import { batchesRoutes } from "./routes/batches";
import { feedsRoutes } from "./routes/feeds";
import { footageRoutes } from "./routes/footage";
import { jobsRoutes } from "./routes/jobs";
import { libraryRoutes } from "./routes/library";
import { makeRoutes } from "./routes/make";
import { pipelineRoutes } from "./routes/pipeline";
import { home, root } from "./routes/root";
import { settingsRoutes } from "./routes/settings";
import { voicesRoutes } from "./routes/voices";

const routeTree = root.addChildren([
  home,
  ...makeRoutes,
  ...jobsRoutes,
  ...libraryRoutes,
  ...footageRoutes,
  ...feedsRoutes,
  ...batchesRoutes,
  ...voicesRoutes,
  ...settingsRoutes,
  ...pipelineRoutes,
]);

/** The router; tests give it a history of their own. */
export const newRouter = (more: { history?: RouterHistory } = {}) =>
  createRouter({
    routeTree,
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultPendingMs: 150,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteFault,
    defaultNotFoundComponent: NotFound,
    ...more,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
