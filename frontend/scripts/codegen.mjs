/**
 * Types and persisted documents from the SDL and the documents written as graphql(`…`) in the code.
 *
 * Writes src/api/gql/ (committed). With --check nothing is written and the exit code tells whether it is stale.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildASTSchema, parse, validate } from "graphql";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const sdlPath = path.resolve(root, "../schema/graphql/schema.graphql");
const outDir = path.join(root, "src/api/gql");
const check = process.argv.includes("--check");

const scalars = {
  ID: "string",
  DateTime: "string",
  Long: "number",
  SettingScalar: "number | string | boolean | null",
};

async function sourceFiles(dir) {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.startsWith(outDir))
    .sort();
}

async function loadDocuments(schema) {
  const documents = [];
  for (const file of await sourceFiles(path.join(root, "src"))) {
    const text = await readFile(file, "utf8");
    for (const [, body] of text.matchAll(/\bgraphql\(\s*(?:\/\*.*?\*\/\s*)?`([^`]*)`\s*,?\s*\)/gs)) {
      documents.push({ location: path.relative(root, file), document: parse(body), rawSDL: body });
    }
  }
  const whole = { kind: "Document", definitions: documents.flatMap((entry) => entry.document.definitions) };
  const errors = validate(schema, whole);
  if (errors.length > 0) {
    for (const error of errors) console.error(`${error.message} (in ${nameOf(error)})`);
    throw new Error(`${errors.length} documents do not fit the schema`);
  }
  return documents;
}

function nameOf(error) {
  const text = error.source?.body ?? error.nodes?.[0]?.loc?.source.body ?? "";
  return text.match(/(query|mutation|subscription|fragment)\s+(\w+)/)?.[2] ?? "?";
}

const sdl = await readFile(sdlPath, "utf8");
const schemaNode = parse(sdl);
const schema = buildASTSchema(schemaNode, { assumeValidSDL: true });
const documents = await loadDocuments(schema);

const sections = await preset.buildGeneratesSection({
  baseOutputDir: `${outDir}/`,
  schema: schemaNode,
  schemaAst: schema,
  documents,
  config: {
    documentMode: "string",
    useTypeImports: true,
    enumsAsTypes: true,
    enumType: "string-literal",
    scalars,
    defaultScalarType: "string",
    strictScalars: false,
    avoidOptionals: { field: true, inputValue: false },
    skipTypename: true,
    dedupeFragments: true,
  },
  presetConfig: {
    fragmentMasking: false,
    persistedDocuments: { hashAlgorithm: (text) => createHash("sha256").update(text).digest("hex") },
  },
  plugins: [],
  pluginMap: {},
  profiler: { run: (fn) => fn(), collect: () => [] },
});

const outputs = [];
for (const section of sections) {
  const content = await codegen({ ...section, schemaAst: schema, cache: undefined });
  outputs.push({ filename: section.filename, content: content.endsWith("\n") ? content : `${content}\n` });
}

let stale = 0;
await mkdir(outDir, { recursive: true });
for (const { filename, content } of outputs) {
  const before = await readFile(filename, "utf8").catch(() => null);
  if (before === content) continue;
  stale += 1;
  if (check) console.error(`stale: ${path.relative(root, filename)}`);
  else await writeFile(filename, content);
}
if (check && stale > 0) {
  console.error("run: npm run codegen");
  process.exit(1);
}
if (!check) console.log(`codegen: ${documents.length} documents, ${stale} files written`);
