import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/settings/settings-page"), "SettingsPage"),
});

export const settingsRoutes = [settings] as const;
