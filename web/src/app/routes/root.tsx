import { createRootRoute, createRoute, redirect } from "@tanstack/react-router";
import { Gate } from "@/app/gate";
import { NotFound } from "@/app/not-found";
import { Shell } from "@/app/shell/shell";

export const root = createRootRoute({
  component: () => (
    <Gate>
      <Shell />
    </Gate>
  ),
  notFoundComponent: NotFound,
});

export const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    throw redirect({ to: "/make", replace: true });
  },
});
