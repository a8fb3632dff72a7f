import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

const voices = createRoute({
  getParentRoute: () => root,
  path: "/voices",
  validateSearch: ({ language }: Record<string, unknown>): { readonly language?: string } => (typeof language === "string" ? { language } : {}),
  component: lazyRouteComponent(() => import("@/features/voices/voices-page"), "VoicesPage"),
});

export const voicesRoutes = [voices] as const;
