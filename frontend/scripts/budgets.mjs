/**
 * Size budgets over Vite's manifest: what the first screen must load, and each lazy part beyond it.
 *
 * The initial graph is the entry with its static imports. A lazy part counts what it adds to that. Requests are
 * those of index.html before the list can be drawn, with the page itself and the one question to the server;
 * fonts are not waited for. Prints a table, or with --json the same as values; ends with 1 where a budget is passed.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { values: given } = parseArgs({
  options: {
    dist: { type: "string", default: path.join(root, "dist") },
    budgets: { type: "string", default: path.join(root, "budgets.json") },
    json: { type: "boolean", default: false },
  },
});
const manifest = JSON.parse(readFileSync(path.join(given.dist, ".vite/manifest.json"), "utf8"));
const budgets = JSON.parse(readFileSync(given.budgets, "utf8"));
const forms = {
  gz: (text) => gzipSync(text, { level: 9 }).length,
  br: (text) => brotliCompressSync(text).length,
};

const sizes = new Map();
function sizeOf(file, form) {
  const key = `${form} ${file}`;
  if (!sizes.has(key)) sizes.set(key, forms[form](readFileSync(path.join(given.dist, file))));
  return sizes.get(key);
}

function graph(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) graph(next, seen);
  return seen;
}

/** A lazy part's key: its first module, or where others import it as well, its name alone. */
function partOf(module) {
  if (manifest[module] !== undefined) return module;
  const name = path.basename(path.dirname(module));
  const part = Object.keys(manifest).find((key) => key.startsWith("_") && manifest[key].name === name);
  if (part === undefined) throw new Error(`${module} is no part of this build: mend budgets.json`);
  return part;
}

function sum(keys, kind, form = "gz") {
  const files = new Set();
  for (const key of keys) {
    if (kind === "js") files.add(manifest[key].file);
    else for (const file of manifest[key].css ?? []) files.add(file);
  }
  return [...files].reduce((total, file) => total + sizeOf(file, form), 0);
}

/** Scripts and style sheets that index.html names, each once. */
function named() {
  const page = readFileSync(path.join(given.dist, "index.html"), "utf8");
  return new Set([...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, file]) => file));
}

const initial = graph("index.html");
const rows = [
  { name: "requests before the list", value: named().size + 2, limit: budgets.requests, unit: "" },
  { name: "initial JS", value: sum(initial, "js"), limit: budgets.initialJsGzip, unit: "gz" },
  { name: "initial JS", value: sum(initial, "js", "br"), limit: budgets.initialJsBrotli, unit: "br" },
  { name: "initial CSS", value: sum(initial, "css"), limit: budgets.initialCssGzip, unit: "gz" },
];
for (const [key, limit] of Object.entries(budgets.chunks)) {
  const added = [...graph(partOf(key))].filter((part) => !initial.has(part));
  rows.push({ name: key, value: sum(added, "js"), limit, unit: "gz" });
}

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
if (given.json) console.log(JSON.stringify(rows));
else
  for (const { name, value, limit, unit } of rows) {
    const shown = (amount) => (unit === "" ? String(amount) : kb(amount));
    const mark = value > limit ? "OVER" : "ok  ";
    console.log(
      `${mark} ${name.padEnd(31)} ${shown(value).padStart(9)} of ${shown(limit)} ${unit}`.trimEnd(),
    );
  }
process.exit(rows.some(({ value, limit }) => value > limit) ? 1 : 0);
