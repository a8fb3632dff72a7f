import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { BottomBar } from "./bottom-bar";
import { ConnectionBanner } from "./connection-banner";
import { Header } from "./header";

/** What stands around every page. */
export function Shell() {
  useFocusOnArrival();
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-accent px-4 py-2 text-sm font-medium text-accent-ink focus:translate-y-0"
      >
        Skip to the page
      </a>
      <Header />
      <ConnectionBanner />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[90rem] px-4 pt-6 pb-28 outline-none md:px-6 md:pt-8 md:pb-16">
        <Outlet />
      </main>
      <BottomBar />
    </>
  );
}

/** Who comes to another page hears its title, and goes on from there by keyboard. */
function useFocusOnArrival(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged, fromLocation }) => {
        if (!fromLocation || !pathChanged) return;
        const title = document.querySelector<HTMLElement>("[data-page-title]") ?? document.getElementById("main");
        title?.focus({ preventScroll: true });
      }),
    [router],
  );
}
