/**
 * The catalogues hold exactly the texts in the code, and every other language says all of them. Without --write it
 * only tells whether they do.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import config from "../lingui.config.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const isWriting = process.argv.includes("--write");
const files = config.locales.map((locale) => path.join(root, `src/locales/${locale}.po`));
const before = files.map((file) => readFileSync(file, "utf8"));
const run = spawnSync("npx", ["lingui", "extract", "--clean"], { cwd: root, encoding: "utf8" });
if (run.status !== 0) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
const texts = (po) => po.slice(po.indexOf("\n\n"));
let isWrong = false;
for (const [at, file] of files.entries()) {
  const after = readFileSync(file, "utf8");
  const isStale = texts(after) !== texts(before[at]);
  if (!isStale || !isWriting) writeFileSync(file, before[at]);
  const name = path.relative(root, file);
  if (isStale && !isWriting) {
    console.error(`${name} is stale; run: npm run extract`);
    isWrong = true;
  }
  const missing = texts(after).match(/^msgstr ""$(?!\n")/gm)?.length ?? 0;
  if (missing > 0) {
    console.error(`${name} lacks ${missing} texts`);
    isWrong ||= !isWriting;
  }
}
if (isWrong) process.exit(1);
