import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const make = createRoute({
  getParentRoute: () => root,
  path: "/make",
  component: lazyRouteComponent(() => import("@/features/make/make-page"), "MakePage"),
});

export const makeRoutes = [make] as const;
