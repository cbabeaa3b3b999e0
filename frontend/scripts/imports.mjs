/**
 * The import rule: lib <- api <- ui <- app and features. A feature is reached only through its index.ts,
 * app reaches features only by dynamic import, and nothing imports the fake server.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const src = path.join(root, "src");
const levels = { lib: 0, api: 1, ui: 2, app: 3 };
const features = [
  "mail/compose",
  "mail/later",
  "mail",
  "admin/entries",
  "admin",
  "setup",
  "deliveries",
  "forwarding",
  "rules/banner",
  "rules",
  "settings",
];

function areaOf(file) {
  const relative = path.relative(src, file);
  const feature = features.find((name) => relative.startsWith(`${name}/`));
  if (feature !== undefined) return { name: feature, level: 4 };
  const top = relative.split("/")[0];
  return top in levels ? { name: top, level: levels[top] } : { name: "root", level: 5 };
}

function verdict(file, specifier, isDynamic) {
  if (/(^|\/)fake(\/|$)/.test(specifier)) return "the fake server is for tests and development only";
  const target = specifier.startsWith("@/")
    ? path.join(src, specifier.slice(2))
    : specifier.startsWith(".") && path.resolve(path.dirname(file), specifier);
  if (!target) return null;
  const from = areaOf(file);
  const to = areaOf(
    target.endsWith("/index") || features.includes(path.relative(src, target)) ? `${target}/x` : target,
  );
  if (from.name === to.name || from.level === 5) return null;
  const throughIndex = features.includes(path.relative(src, target)) || /\/index(\.tsx?)?$/.test(target);
  if (to.level === 4 && from.level >= 3) {
    if (!throughIndex) return `${to.name} is reached through its index.ts`;
    return from.level === 3 && !isDynamic ? `app loads ${to.name} by dynamic import` : null;
  }
  return to.level > from.level ? `${from.name} may not know ${to.name}` : null;
}

let failed = 0;
for (const entry of readdirSync(src, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(/(?:\bfrom\s+|\bimport\s*(\()?\s*)"([^"]+)"/g)) {
    const before = text.slice(0, match.index);
    const isType = /import\s+type\s[^;]*$/.test(before);
    const problem = isType ? null : verdict(file, match[2], match[1] !== undefined);
    if (problem !== null) {
      failed += 1;
      console.error(`${path.relative(root, file)}: imports ${match[2]}: ${problem}`);
    }
  }
}
process.exit(failed > 0 ? 1 : 0);
