import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./root";

interface MakeSearch {
  /** A job whose brief is begun with. */
  readonly from?: string;
  /** Clips that are chosen already. */
  readonly clips?: readonly string[];
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []);

const make = createRoute({
  getParentRoute: () => root,
  path: "/make",
  validateSearch: ({ from, clips }: Record<string, unknown>): MakeSearch => ({
    ...(typeof from === "string" && { from }),
    ...(texts(clips).length > 0 && { clips: texts(clips) }),
  }),
  component: lazyRouteComponent(() => import("@/features/make/make-page"), "MakePage"),
});

export const makeRoutes = [make] as const;
