import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const library = createRoute({
  getParentRoute: () => root,
  path: "/library",
  component: lazyRouteComponent(() => import("@/features/library/library-page"), "LibraryPage"),
});

const video = createRoute({
  getParentRoute: () => root,
  path: "/videos/$video",
  component: lazyRouteComponent(() => import("@/features/library/video-page"), "VideoPage"),
});

export const libraryRoutes = [library, video] as const;
