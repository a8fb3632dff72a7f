import { expect, it } from "vitest";
import { at, choose, insertsSent, momentOf, MOST, shown, unsaid } from "./inserts";

it("stands at words, at a second, or where there is room", () => {
  const mug = { asset: "mug", when: "our mug", place: "top" as const };
  expect(momentOf(mug)).toBe("words");
  expect(momentOf(at(mug, "second"))).toBe("second");
  expect(at(mug, "second")).toEqual({ asset: "mug", when: null, at_s: 0, place: "top" });
  expect(momentOf(at(mug, "spread"))).toBe("spread");
  expect(momentOf({ asset: "mug" })).toBe("spread");
});

it("says where a picture stands only of one that is framed", () => {
  const mug = { asset: "mug", place: "top" as const, size: 0.3, length_s: 2 };
  expect(shown(mug, "interstitial")).toEqual({ asset: "mug", mode: "interstitial", length_s: 2 });
});

it("keeps what was said of a picture while others are chosen", () => {
  const mug = { asset: "mug", when: "our mug" };
  expect(choose([mug, { asset: "pot" }], ["mug", "pan"])).toEqual([mug, { asset: "pan" }]);
  expect(choose([], Array.from({ length: MOST + 5 }, (_, place) => String(place)))).toHaveLength(MOST);
});

it("asks for the words it shall stand at", () => {
  expect(unsaid([{ asset: "a" }, { asset: "b", when: " .. " }, { asset: "c", when: "mug" }])).toEqual({ "inserts.1": "At which words of the script?" });
});

it("sends words as they are, without the space around them", () => {
  expect(insertsSent([{ asset: "a", when: " our mug " }], true)).toEqual({ inserts: [{ asset: "a", when: "our mug" }] });
});
