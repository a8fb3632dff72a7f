import { expect, it } from "vitest";
import { Fault, faultOf, faultOfResponse, fieldName, retryAfter } from "./faults";

const problem = (body: object, init: ResponseInit) => new Response(JSON.stringify(body), init);

it("tells what problem details tell", async () => {
  const errors = [{ pointer: "/subtitles/size", message: "at most 200" }, { wrong: true }];
  const fault = await faultOfResponse(
    problem({ title: "T", detail: "D", code: "value_invalid", errors, job: "j" }, { status: 422, headers: { "X-Request-ID": "r1" } }),
  );
  expect(fault).toMatchObject({ title: "T", detail: "D", code: "value_invalid", status: 422, requestId: "r1", retryAfterS: null });
  expect(fault.fields).toEqual([errors[0]]);
  expect(fault.more.job).toBe("j");
  expect(fault.passing).toBe(false);
});

it("has words for a proxy's page, which is no JSON", async () => {
  const fault = await faultOfResponse(new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  expect(fault).toMatchObject({ code: "http_502", title: "The server is not available now", passing: true, unreachable: true });
});

it("gives what broke in the page a reference, and the same fault twice stays the same", () => {
  const fault = faultOf(new TypeError("x is undefined"));
  expect(fault.code).toBe("unexpected");
  expect(fault.requestId).toMatch(/^page-/);
  expect(fault.detail).not.toContain("undefined");
  expect(faultOf(fault)).toBe(fault);
});

it("reads Retry-After in seconds and as a date", () => {
  expect(retryAfter("7")).toBe(7);
  expect(retryAfter("Wed, 21 Oct 2015 07:28:10 GMT", Date.parse("2015-10-21T07:28:00Z"))).toBe(10);
  expect(retryAfter("soon")).toBeNull();
  expect(retryAfter(null)).toBeNull();
});

it("names fields of a form by pointer", () => {
  expect(fieldName("/footage/0/asset")).toBe("footage.0.asset");
  expect(fieldName("/a~1b/c~0d")).toBe("a/b.c~d");
});

it("knows which faults pass", () => {
  const of = (status: number) => new Fault({ code: "c", title: "t", detail: "d", status });
  expect([0, 408, 429, 503].every((status) => of(status).passing)).toBe(true);
  expect([400, 404, 409, 422, 500].some((status) => of(status).passing)).toBe(false);
});
