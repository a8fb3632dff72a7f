import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { PresetName, Sort, State } from "@/lib/api/types";
import { root } from "./root";

interface LibrarySearch {
  readonly q?: string;
  readonly state?: State;
  readonly preset?: PresetName;
  readonly project?: string;
  readonly sort?: Sort;
  readonly deleted?: true;
}

const STATES: readonly State[] = ["queued", "running", "waiting_for_review", "completed", "failed", "cancelled"];
const PRESETS: readonly PresetName[] = ["tiktok", "reels", "shorts", "square", "landscape", "generic"];
const SORTS: readonly Sort[] = ["newest", "oldest", "name", "longest"];

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value => values.includes(value as Value);

const library = createRoute({
  getParentRoute: () => root,
  path: "/library",
  validateSearch: ({ q, state, preset, project, sort, deleted }: Record<string, unknown>): LibrarySearch => ({
    ...(typeof q === "string" && q && { q }),
    ...(oneOf(STATES, state) && { state }),
    ...(oneOf(PRESETS, preset) && { preset }),
    ...(typeof project === "string" && project && { project }),
    ...(oneOf(SORTS, sort) && { sort }),
    ...(deleted === true && { deleted }),
  }),
  component: lazyRouteComponent(() => import("@/features/library/library-page"), "LibraryPage"),
});

const video = createRoute({
  getParentRoute: () => root,
  path: "/videos/$video",
  component: lazyRouteComponent(() => import("@/features/library/video-page"), "VideoPage"),
});

export const libraryRoutes = [library, video] as const;
