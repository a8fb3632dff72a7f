import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed.ts";
import { firstScript } from "./build/first-script.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const gateway = process.env.EDIT_FACTORY_URL ?? "http://127.0.0.1:8000";
// The gateway believes a request of its own address and of no other page: in development this server speaks for it.
const proxy = { target: gateway, changeOrigin: true, headers: { origin: new URL(gateway).origin } };

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/page/" : "/",
  resolve: { alias: { "@": here("./src") } },
  plugins: [react(), tailwind(), firstScript(here("./src/app/theme-first.js")), compressed()],
  build: {
    outDir: here("../services/gateway/page"),
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy lets no data: fonts in
    target: "es2022",
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: "base", test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// }],
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/v1": proxy, "/health": proxy } },
  test: {
    environment: here("./tests/environment.ts"),
    environmentOptions: { jsdom: { url: "http://factory.test/" } },
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    setupFiles: ["./tests/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
  },
}));
