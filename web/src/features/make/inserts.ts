import type { ScriptBrief, Sent } from "@/lib/api/types";

/** A picture or a clip that is shown over the footage. */
export type Insert = Sent<ScriptBrief["inserts"]>[number] & { readonly asset: string };
export type Moment = "spread" | "words" | "second";

export const MOST = 20;
export const LENGTH_S = 3;

export function momentOf({ when, at_s }: Insert): Moment {
  if (typeof when === "string") return "words";
  return typeof at_s === "number" ? "second" : "spread";
}

/** The same picture at another moment: the words or the second are still to be said. */
export function at(insert: Insert, moment: Moment): Insert {
  return { ...insert, when: moment === "words" ? "" : null, at_s: moment === "second" ? 0 : null };
}

/** The same picture filling the frame, or framed: where it stands is only said of the latter. */
export function shown(insert: Insert, mode: NonNullable<Insert["mode"]>): Insert {
  const { asset, when, at_s, length_s } = insert;
  const kept = { asset, ...(when !== undefined && { when }), ...(at_s !== undefined && { at_s }), ...(length_s !== undefined && { length_s }) };
  return { ...kept, mode };
}

/** With these assets and no others; those that are new stand where there is room. */
export function choose(inserts: readonly Insert[], assets: readonly string[]): readonly Insert[] {
  const kept = inserts.filter(({ asset }) => assets.includes(asset));
  const fresh = assets.filter((id) => !kept.some(({ asset }) => asset === id));
  return [...kept, ...fresh.map((asset) => ({ asset }))].slice(0, MOST);
}

/** What is sent of them; where nothing is said they stand at no words. */
export function insertsSent(inserts: readonly Insert[], said: boolean): { inserts?: Insert[] } {
  if (inserts.length === 0) return {};
  return { inserts: inserts.map((insert) => (said && typeof insert.when === "string" ? { ...insert, when: insert.when.trim() } : { ...insert, when: null })) };
}

/** What is missing of them, by place. */
export function unsaid(inserts: readonly Insert[]): Readonly<Record<string, string>> {
  const lacking = inserts.flatMap(({ when }, place) => (typeof when === "string" && !/[\p{L}\p{N}]/u.test(when) ? [[`inserts.${String(place)}`, "At which words of the script?"]] : []));
  return Object.fromEntries(lacking) as Readonly<Record<string, string>>;
}
