import createClient from "openapi-fetch";
import type { paths } from "./schema";
import { send } from "./send";

/** The one client of the gateway. Give its answers to `data`, which tells of refusals by throwing a Fault. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send, credentials: "same-origin" });

/**
 * What a call answered.
 *
 * @throws Fault, see lib/faults
 */
export async function data<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  return (await answer).data as T;
}
