import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { gateway, refuse, type Gateway } from "./gateway";
import { open } from "./page";

let server: Gateway;
beforeEach(async () => {
  server = await gateway();
  server.on("GET /v1/session", { signed_in: true, needs_key: false, profile: { id: "ana", name: "Ana", admin: false } });
  server.on("GET /health/live", { status: "ok" });
});

it("keeps what is there when the next page of a list can't be read, says so, and goes on", async () => {
  const job = (id: string) => ({ id, name: `Job ${id}`, kind: "script", state: "completed", share: 1, videos: [], brief: null, fault: null, created_at: "2026-03-10T12:00:00Z" });
  const second = refuse(422, "cursor_invalid", "This list has changed.");
  let fails = true;
  server.on("GET /v1/jobs", (request, response, body) => {
    const further = request.url?.includes("cursor=next");
    if (further && fails) { second(request, response, body); return; }
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(further ? { items: [job("two")], next_cursor: null } : { items: [job("one")], next_cursor: "next" }));
  });
  open("/jobs");
  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
  const panel = await screen.findByRole("alert");
  expect(panel).toHaveTextContent("This list has changed.");
  expect(panel).toHaveTextContent("abc123");
  expect(screen.getByRole("link", { name: "Job one" })).toBeVisible();
  fails = false;
  await userEvent.click(within(panel).getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Job two" })).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});
