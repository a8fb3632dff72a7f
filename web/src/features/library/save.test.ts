import { expect, it } from "vitest";
import type { VideoCard } from "@/lib/api/types";
import { toSave } from "./save";

const video = (name: string, ...presets: string[]) =>
  ({ name, files: presets.map((preset) => ({ preset, url: `/v1/${name}/${preset}` })) }) as unknown as VideoCard;

it("names each file so that none overwrites another", () => {
  const names = toSave([video("Sea", "tiktok"), video("Sea", "tiktok"), video("Hill", "square", "landscape"), video("Not yet")]).map(({ name }) => name);
  expect(names).toEqual(["Sea.mp4", "Sea 2.mp4", "Hill square.mp4", "Hill landscape.mp4"]);
});
