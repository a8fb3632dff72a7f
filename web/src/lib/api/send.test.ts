import { beforeEach, expect, it } from "vitest";
import { connection } from "@/lib/connection";
import { Fault } from "@/lib/faults";
import { gateway, refuse, type Gateway } from "../../../tests/gateway";
import { api, data } from "./client";

let server: Gateway;
beforeEach(async () => {
  server = await gateway();
  server.on("GET /health/live", { status: "ok" });
});

const jobs = () => data(api.GET("/v1/jobs"));
const submit = () => data(api.POST("/v1/jobs/{job}/cancel", { params: { path: { job: "j" } } }));
const fault = async (call: Promise<unknown>) => {
  const thrown: unknown = await call.then(() => null, (refused: unknown) => refused);
  expect(thrown).toBeInstanceOf(Fault);
  return thrown as Fault;
};

it("gives what was answered", async () => {
  server.on("GET /v1/jobs", { items: [], next_cursor: null });
  expect(await jobs()).toEqual({ items: [], next_cursor: null });
});

it("reads again what passes, after the time it was told", async () => {
  let tries = 0;
  server.on("GET /v1/jobs", (request, response, body) => {
    tries += 1;
    if (tries < 3) refuse(503, "unavailable", "busy", {}, { "Retry-After": "0" })(request, response, body);
    else response.end(JSON.stringify({ items: [1] }));
  });
  expect(await jobs()).toEqual({ items: [1] });
  expect(tries).toBe(3);
});

it("gives up after three tries", async () => {
  server.on("GET /v1/jobs", refuse(503, "unavailable", "busy"));
  expect(await fault(jobs())).toMatchObject({ code: "unavailable", requestId: "abc123" });
  expect(server.asked.filter((call) => call === "GET /v1/jobs")).toHaveLength(3);
});

it("never sends again by itself what changes something", async () => {
  server.on("POST /v1/jobs/j/cancel", refuse(503, "unavailable", "busy", {}, { "Retry-After": "0" }));
  await fault(submit());
  expect(server.asked).toEqual(["POST /v1/jobs/j/cancel"]);
});

it("tells a long wait instead of waiting in silence", async () => {
  server.on("GET /v1/jobs", refuse(429, "too_many_requests", "slow down", {}, { "Retry-After": "40" }));
  expect(await fault(jobs())).toMatchObject({ status: 429, retryAfterS: 40 });
  expect(server.asked).toHaveLength(1);
});

it("does not read again what is refused for good", async () => {
  expect(await fault(jobs())).toMatchObject({ status: 404, code: "not_found" });
  expect(server.asked).toHaveLength(1);
});

it("knows when nothing answers, and heals when something does", async () => {
  server.on("POST /v1/jobs/j/cancel", (request) => request.socket.destroy());
  expect(await fault(submit())).toMatchObject({ code: "network_away", unreachable: true });
  expect(connection.state).toBe("lost");
  const healed = new Promise<void>((resolve) => connection.onHealed(resolve));
  await connection.askNow();
  await healed;
  expect(connection.state).toBe("ok");
});

it("lets whoever asked give up", async () => {
  const stop = new AbortController();
  server.on("GET /v1/jobs", () => { stop.abort(); });
  await expect(data(api.GET("/v1/jobs", { signal: stop.signal }))).rejects.toMatchObject({ name: "AbortError" });
});
