import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

interface FootageSearch {
  readonly kind?: "music" | "image";
  readonly favourite?: true;
  readonly keyword?: string;
}

const footage = createRoute({
  getParentRoute: () => root,
  path: "/footage",
  validateSearch: ({ kind, favourite, keyword }: Record<string, unknown>): FootageSearch => ({
    ...((kind === "music" || kind === "image") && { kind }),
    ...(favourite === true && { favourite }),
    ...(typeof keyword === "string" && keyword && { keyword }),
  }),
  component: lazyRouteComponent(() => import("@/features/footage/footage-page"), "FootagePage"),
});

const asset = createRoute({
  getParentRoute: () => root,
  path: "/footage/$asset",
  component: lazyRouteComponent(() => import("@/features/footage/asset-page"), "AssetPage"),
});

export const footageRoutes = [footage, asset] as const;
