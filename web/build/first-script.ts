import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/**
 * Serves one plain script that runs before anything is painted, under a hashed name.
 *
 * Modules run after the page was parsed, so a theme set by one would flash; a script within the page would need a hole
 * in the content security policy.
 */
export function firstScript(file: string): Plugin {
  const source = readFileSync(file, "utf-8");
  const name = `assets/first-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
  let base = "/";
  return {
    name: "first-script",
    configResolved: (config) => {
      base = config.base;
    },
    configureServer: (server) => {
      server.middlewares.use(`${base}${name}`, (_, answer) => {
        answer.setHeader("Content-Type", "text/javascript").end(readFileSync(file));
      });
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: name, source });
    },
    transformIndexHtml: () => [{ tag: "script", attrs: { src: `${base}${name}` }, injectTo: "head-prepend" }],
  };
}
