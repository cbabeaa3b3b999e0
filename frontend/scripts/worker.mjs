/**
 * Builds the service worker and tells it which files belong to this build; their names change with what is in them.
 * It is built by itself: beside the pages it would change how they are cut into files.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const dist = process.argv[2] ?? fileURLToPath(new URL("../dist", import.meta.url));
const worker = path.join(dist, "sw.js");
const source = fileURLToPath(new URL("../src/sw/sw.ts", import.meta.url));
// Fonts of other scripts come when they are needed.
const wanted = /\.(?:js|css)$|-latin-wght-normal-[^/]*\.woff2$/;

const names = await readdir(path.join(dist, "assets"));
const files = names
  .filter((name) => wanted.test(name))
  .sort()
  .map((name) => `/assets/${name}`);
const page = await readFile(path.join(dist, "index.html"));
const version = createHash("sha256").update(files.join("\n")).update(page).digest("hex").slice(0, 12);

await build({
  configFile: false,
  logLevel: "warn",
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    outDir: dist,
    emptyOutDir: false,
    copyPublicDir: false,
    // Its scope is the folder it lies in, and its name must stay.
    rolldownOptions: { input: source, output: { entryFileNames: "sw.js" } },
  },
});
const built = await readFile(worker, "utf8");
const place = /\{"version":"[^"]*","files":\[[^\]]*\]\}/;
if (!place.test(built)) throw new Error("sw.js has no place for the list of files");
await writeFile(
  worker,
  built.replace(place, () => JSON.stringify({ version, files })),
);
