import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Fault } from "@/lib/faults";
import { FaultPanel } from "./fault-panel";

const busy = () => new Fault({ code: "too_many_requests", title: "Too many requests", detail: "Wait a moment.", status: 429, retryAfterS: 3, requestId: "abc123" });

it("counts down to when the same is worth trying again, and takes no press before", () => {
  vi.useFakeTimers();
  render(<FaultPanel error={busy()} onRetry={() => undefined} />);
  const again = screen.getByRole("button");
  expect(again).toBeDisabled();
  expect(again).toHaveTextContent("Try again in 3 s");
  act(() => { vi.advanceTimersByTime(1_000); });
  expect(again).toHaveTextContent("Try again in 2 s");
  act(() => { vi.advanceTimersByTime(3_000); });
  expect(again).toBeEnabled();
  expect(screen.getByRole("alert")).toHaveTextContent("abc123");
  vi.useRealTimers();
});

it("counts down where there is no button, too", () => {
  render(<FaultPanel error={busy()} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Worth trying again in 3 s.");
});
