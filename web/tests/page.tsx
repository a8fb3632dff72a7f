import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { Boundary } from "@/app/boundary";
import { Providers } from "@/app/providers";
import { queryClient } from "@/app/query-client";
import { newRouter } from "@/app/router";

/** The whole page at an address, as a browser shows it. */
export function open(path: string) {
  const router = newRouter({ history: createMemoryHistory({ initialEntries: [path] }) });
  const client = queryClient();
  const shown = render(
    <Boundary>
      <Providers client={client}>
        <RouterProvider router={router} />
      </Providers>
    </Boundary>,
  );
  return { ...shown, router, client };
}
