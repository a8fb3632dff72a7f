import { builtinEnvironments, type Environment } from "vitest/runtime";

// jsdom has signals of its own, which the real fetch does not take.
const { AbortController, AbortSignal } = globalThis;

/** A browser's document with the runtime's own network. */
const environment: Environment = {
  ...builtinEnvironments.jsdom,
  name: "page",
  async setup(global: typeof globalThis, options) {
    const made = await builtinEnvironments.jsdom.setup(global, options);
    Object.assign(global, { AbortController, AbortSignal });
    return made;
  },
};

export default environment;
