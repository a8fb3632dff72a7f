import { expect, it } from "vitest";
import { gateway, refuse } from "../../../tests/gateway";
import { listen, type Heard } from "./stream";

it("reads events to the end of the stream and says where to go on", async () => {
  const server = await gateway();
  let asked: unknown;
  server.on("GET /v1/events", (request, response) => {
    asked = request.headers["last-event-id"];
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("retry: 1000\n\n: ping\n\nid: 7\nevent: job\ndata: {\"id\"");
    response.end(":\"ü\"}\n\nevent: asset\ndata: 2\n\n");
  });
  const heard: [Heard, string | null][] = [];
  let opened = 0;
  await listen("/v1/events", "5", new AbortController().signal, {
    onOpen: () => { opened += 1; },
    onEvent: (event, id) => heard.push([event, id]),
  });
  expect(asked).toBe("5");
  expect(opened).toBe(1);
  expect(heard).toEqual([[{ kind: "job", data: { id: "ü" } }, "7"], [{ kind: "asset", data: 2 }, null]]);
});

it("tells why it was refused", async () => {
  const server = await gateway();
  server.on("GET /v1/events", refuse(429, "too_many_streams", "20 are open", {}, { "Retry-After": "3" }));
  const refused = listen("/v1/events", null, new AbortController().signal, { onOpen: () => undefined, onEvent: () => undefined });
  await expect(refused).rejects.toMatchObject({ code: "too_many_streams", retryAfterS: 3 });
});

it("is not open before anything was told", async () => {
  const server = await gateway();
  server.on("GET /v1/events", (_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.end("retry: 1000\n\n");
  });
  let opened = 0;
  await listen("/v1/events", null, new AbortController().signal, { onOpen: () => { opened += 1; }, onEvent: () => undefined });
  expect(opened).toBe(0);
});
