import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const voices = createRoute({
  getParentRoute: () => root,
  path: "/voices",
  component: lazyRouteComponent(() => import("@/features/voices/voices-page"), "VoicesPage"),
});

export const voicesRoutes = [voices] as const;
