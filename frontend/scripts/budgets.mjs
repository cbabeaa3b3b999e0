/**
 * Size budgets over Vite's manifest: what the first screen must load, and each lazy part beyond it.
 *
 * The initial graph is the entry with its static imports. A lazy part counts what it adds to that.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));
const budgets = JSON.parse(readFileSync(path.join(root, "budgets.json"), "utf8"));

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length);
  return sizes.get(file);
}

function graph(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) graph(next, seen);
  return seen;
}

function sum(keys, kind) {
  const files = new Set();
  for (const key of keys) {
    if (kind === "js") files.add(manifest[key].file);
    else for (const file of manifest[key].css ?? []) files.add(file);
  }
  return [...files].reduce((total, file) => total + gzipped(file), 0);
}

const initial = graph("index.html");
const rows = [
  ["initial JS", sum(initial, "js"), budgets.initialJsGzip],
  ["initial CSS", sum(initial, "css"), budgets.initialCssGzip],
];
for (const [key, limit] of Object.entries(budgets.chunks)) {
  if (manifest[key] === undefined) continue;
  const added = [...graph(key)].filter((part) => !initial.has(part));
  rows.push([key, sum(added, "js"), limit]);
}

let failed = false;
for (const [name, size, limit] of rows) {
  const over = size > limit;
  failed ||= over;
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  console.log(`${over ? "OVER" : "ok  "} ${name.padEnd(30)} ${kb(size).padStart(9)} of ${kb(limit)} gz`);
}
process.exit(failed ? 1 : 0);
