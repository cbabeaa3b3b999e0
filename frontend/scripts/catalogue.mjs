/** The English catalogue holds exactly the texts in the code. Without --write it only tells whether it does. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const file = path.join(root, "src/locales/en.po");
const before = readFileSync(file, "utf8");
const run = spawnSync("npx", ["lingui", "extract", "--clean"], { cwd: root, encoding: "utf8" });
if (run.status !== 0) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
const texts = (po) => po.slice(po.indexOf("\n\n"));
const isStale = texts(readFileSync(file, "utf8")) !== texts(before);
if (!isStale || !process.argv.includes("--write")) writeFileSync(file, before);
if (isStale && !process.argv.includes("--write")) {
  console.error("src/locales/en.po is stale; run: npm run extract");
  process.exit(1);
}
