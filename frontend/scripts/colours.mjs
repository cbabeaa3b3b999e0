/** Styles use tokens: no raw colour and no font size in px outside tokens.css. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const rules = [
  [/#[0-9a-f]{3,8}\b(?![^{]*\{)/i, "raw colour"],
  [/\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(/i, "raw colour"],
  [/font(?:-size)?:[^;]*\b\d+(?:\.\d+)?px/i, "font size in px"],
  [/!important/, "!important"],
  [/(?:margin|padding|border)-(?:left|right)\b|(?:^|[\s;])(?:left|right):/, "physical side"],
];

let failed = 0;
for (const entry of readdirSync(path.join(root, "src"), { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".css") || entry.name === "tokens.css") continue;
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((line, index) => {
      for (const [pattern, name] of rules) {
        if (!pattern.test(line)) continue;
        failed += 1;
        console.error(`${path.relative(root, file)}:${index + 1}: ${name}: ${line.trim()}`);
      }
    });
}
process.exit(failed > 0 ? 1 : 0);
