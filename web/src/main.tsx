import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Boundary } from "@/app/boundary";
import { Providers } from "@/app/providers";
import { queryClient } from "@/app/query-client";
import { newRouter } from "@/app/router";
import "@/app/styles.css";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no element for the page");
const router = newRouter();
const client = queryClient();
createRoot(place).render(
  <StrictMode>
    <Boundary>
      <Providers client={client}>
        <RouterProvider router={router} />
      </Providers>
    </Boundary>
  </StrictMode>,
);
