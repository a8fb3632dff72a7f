import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { keys } from "@/lib/api/keys";
import type { Video } from "@/lib/api/types";
import { MatchReport } from "./match-report";

it("tells how well a clip fits, and of a product's picture only why it is there", () => {
  const video = { id: "v", state: "completed" } as Video;
  const chosen = (name: string, parts: object) => ({ asset: name, name, score: 0.8, source_in_s: 2, parts });
  const cache = new QueryClient();
  cache.setQueryData(keys.videos.part("v", "matches"), {
    matches: [
      { phrase: 0, text: "Waves.", chosen: chosen("sea.mp4", { meaning: 0.8 }), reason: "by meaning", runners_up: [] },
      { phrase: 1, text: "A mug.", chosen: chosen("mug.jpg", {}), reason: "a picture of the mug", runners_up: [] },
    ],
  });
  render(<QueryClientProvider client={cache}><MatchReport video={video} /></QueryClientProvider>);
  const [clip, picture] = screen.getAllByRole("listitem");
  expect(clip).toHaveTextContent("sea.mp4 at 0:02.0, fits 80%. by meaning");
  expect(picture).toHaveTextContent(/mug\.jpg, a picture of the mug$/);
});
