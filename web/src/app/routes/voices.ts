import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

interface VoicesSearch {
  readonly language?: string;
  readonly q?: string;
}

const voices = createRoute({
  getParentRoute: () => root,
  path: "/voices",
  validateSearch: ({ language, q }: Record<string, unknown>): VoicesSearch => ({
    ...(typeof language === "string" && language && { language }),
    ...(typeof q === "string" && q && { q }),
  }),
  component: lazyRouteComponent(() => import("@/features/voices/voices-page"), "VoicesPage"),
});

export const voicesRoutes = [voices] as const;
