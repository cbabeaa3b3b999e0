/** Everything that is checked without running the page; prints what failed and ends with 1 if anything did. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const steps = [
  ["types", "node_modules/.bin/tsc", ["-p", "."]],
  ["lint and format", "node_modules/.bin/biome", ["check", "."]],
  ["imports", "node", ["scripts/imports.mjs"]],
  ["styles", "node", ["scripts/colours.mjs"]],
  ["generated documents", "node", ["scripts/codegen.mjs", "--check"]],
  ["texts", "node", ["scripts/catalogue.mjs"]],
];

let failed = false;
for (const [name, command, args] of steps) {
  const run = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  console.log(`${run.status === 0 ? "ok  " : "FAIL"} ${name}`);
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
