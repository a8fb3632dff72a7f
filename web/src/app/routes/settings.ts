import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

type Tab = "look" | "brand" | "keys" | "limits" | "profiles" | "about";
const TABS: readonly Tab[] = ["look", "brand", "keys", "limits", "profiles", "about"];

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: ({ tab }: Record<string, unknown>): { readonly tab?: Tab } => (TABS.includes(tab as Tab) ? { tab: tab as Tab } : {}),
  component: lazyRouteComponent(() => import("@/features/settings/settings-page"), "SettingsPage"),
});

export const settingsRoutes = [settings] as const;
