import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, expect, it, vi } from "vitest";
import { connection } from "@/lib/connection";
import { gateway, refuse, type Gateway } from "./gateway";
import { open } from "./page";

const ME = { id: "ana", name: "Ana", admin: false };
let server: Gateway;
beforeEach(async () => {
  server = await gateway();
  server.on("GET /v1/session", { signed_in: true, needs_key: false, profile: ME });
  server.on("GET /health/live", { status: "ok" });
});

/** Rules that need a real layout are looked at in a browser: there is one navigation there, by the width of the screen. */
async function faultsOfAccess(root: Element) {
  const rules = { "color-contrast": { enabled: false }, "landmark-unique": { enabled: false } };
  const { violations } = await axe.run(root, { rules });
  return violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(" ")}`);
}

it("leads from place to place, and hands the focus to the new page's title", async () => {
  open("/");
  const nav = (await screen.findAllByRole("navigation", { name: "Main" }))[0]!;
  await screen.findByRole("heading", { level: 1, name: "Make a video" });
  await userEvent.click(within(nav).getByRole("link", { name: "Settings" }));
  const title = await screen.findByRole("heading", { level: 1, name: "Settings" });
  await waitFor(() => { expect(title).toHaveFocus(); });
  expect(document.title).toBe("Settings · Edit Factory");
  expect(within(nav).getByRole("link", { name: "Settings" })).toHaveAttribute("aria-current", "page");
});

it("can be used without seeing it", async () => {
  const { baseElement } = open("/settings");
  await screen.findByRole("heading", { level: 1 });
  expect(await faultsOfAccess(baseElement)).toEqual([]);
});

it("says that an address leads nowhere", async () => {
  open("/nowhere");
  expect(await screen.findByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

it("asks for a key where one is needed, and tells a wrong one", async () => {
  server.on("GET /v1/session", { signed_in: false, needs_key: true, profile: null });
  server.on("POST /v1/session", (request, response, body) => {
    const { key } = JSON.parse(body) as { key: string };
    if (key !== "ef_right") refuse(401, "key_unknown", "This key is not known.")(request, response, body);
    else response.end(JSON.stringify({ signed_in: true, needs_key: true, profile: ME }));
  });
  const { baseElement } = open("/settings");
  const key = await screen.findByLabelText("Your key");
  expect(await faultsOfAccess(baseElement)).toEqual([]);
  const press = () => userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await press();
  expect(await screen.findByText("Paste your key here.")).toBeVisible();
  await userEvent.type(key, "ef_wrong");
  await press();
  expect(await screen.findByText(/This key is not known/)).toBeVisible();
  await userEvent.clear(key);
  await userEvent.type(key, "ef_right");
  await press();
  expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Account" })).toBeVisible();
});

it("does not pass off a session that can't be read for being signed out", async () => {
  server.on("GET /v1/session", refuse(500, "internal", "An unexpected error."));
  open("/settings");
  const panel = await screen.findByRole("alert");
  expect(panel).toHaveTextContent("abc123");
  server.on("GET /v1/session", { signed_in: true, needs_key: false, profile: ME });
  await userEvent.click(within(panel).getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

it("says when nothing answers, for as long as that is so", async () => {
  open("/settings");
  await screen.findByRole("heading", { level: 1 });
  server.on("GET /health/live", refuse(502, "away", "away"));
  act(() => { connection.failed(); });
  expect(await screen.findByText(/does not answer/)).toBeVisible();
  server.on("GET /health/live", { status: "ok" });
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));
  await waitFor(() => { expect(screen.queryByText(/does not answer/)).toBeNull(); });
});

it("keeps the house standing when a page breaks", async () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { router } = open("/settings");
  await screen.findByRole("heading", { level: 1 });
  const route = router.routesByPath["/settings"];
  const whole = route.options.component;
  route.options.component = () => { throw new TypeError("settings is undefined"); };
  await act(() => router.invalidate());
  const panel = await screen.findByRole("alert");
  expect(panel).toHaveTextContent("Something broke in this page");
  expect(panel).toHaveTextContent(/page-\w+/);
  expect(screen.getAllByRole("navigation", { name: "Main" })).not.toHaveLength(0);
  expect(complaints).toHaveBeenCalled();
  if (whole) route.options.component = whole;
  await userEvent.click(within(panel).getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

it("keeps the theme that was chosen", async () => {
  open("/settings");
  await userEvent.click(await screen.findByRole("button", { name: "Theme" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(localStorage.getItem("theme")).toBe("dark");
});
