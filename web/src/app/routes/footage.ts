import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const footage = createRoute({
  getParentRoute: () => root,
  path: "/footage",
  validateSearch: ({ kind }: Record<string, unknown>): { readonly kind?: "music" | "image" } => (kind === "music" || kind === "image" ? { kind } : {}),
  component: lazyRouteComponent(() => import("@/features/footage/footage-page"), "FootagePage"),
});

const asset = createRoute({
  getParentRoute: () => root,
  path: "/footage/$asset",
  component: lazyRouteComponent(() => import("@/features/footage/asset-page"), "AssetPage"),
});

export const footageRoutes = [footage, asset] as const;
