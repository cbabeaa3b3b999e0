/** Build of the single-page app: one entry, lazy routes, nothing inline, so that `script-src 'self'` holds. */
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react, { reactCompilerPreset } from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fakeServer } from "./fake/vite.ts";
import { persistedDocuments } from "./vite/documents.ts";
import { startScript } from "./vite/start.ts";

const server = process.env.POSTROOM_DEV_SERVER ?? "http://127.0.0.1:8080";

// Asked for beside the rest, and run at once.
const first = /src\/(start|remembered|app\/lastSession|mail\/offline\/byConversation)\.ts$/;
const texts = { stripMessageField: false };

export default defineConfig({
  plugins: [
    persistedDocuments(),
    startScript(),
    process.env.POSTROOM_FAKE !== undefined && fakeServer(),
    lingui(),
    react(),
    // English stays in the code: each part then brings its own texts, and the first screen only its own.
    babel({ presets: [reactCompilerPreset()], plugins: [["@lingui/babel-plugin-lingui-macro", texts]] }),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // light-dark(), nesting and container queries are used as they are.
    target: ["chrome123", "firefox128", "safari17.5"],
    manifest: true,
    sourcemap: false,
    // A data: font or image would need a wider policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // All that the first screen needs is one file: what it shares with lazy parts would be a dozen small ones.
        codeSplitting: {
          groups: [
            { name: "start", test: first, priority: 1, includeDependenciesRecursively: false },
            { name: "app", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy:
      process.env.POSTROOM_FAKE !== undefined
        ? {}
        : Object.fromEntries(
            ["/graphql", "/files", "/mail/html", "/health"].map((path) => [
              path,
              { target: server, ws: path === "/graphql", changeOrigin: false },
            ]),
          ),
  },
  preview: {
    // What the server sends, so that a built page can be tried under it.
    headers: {
      "Content-Security-Policy":
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app mail default dompurify",
    },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}", "fake/**/*.test.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
