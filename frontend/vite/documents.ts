/**
 * Build step: graphql(`…`) becomes the document's persisted hash.
 *
 * The text of queries and mutations is left out, the server knows it by its hash; that of subscriptions stays,
 * because graphql-transport-ws carries it. Fragments have no hash and become nothing.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const mapFile = fileURLToPath(new URL("../src/api/gql/persisted-documents.json", import.meta.url));

export function persistedDocuments(): Plugin {
  const byName = new Map<string, { hash: string; text: string }>();
  return {
    name: "persisted-documents",
    apply: "build",
    enforce: "pre",
    buildStart() {
      const map: Record<string, string> = JSON.parse(readFileSync(mapFile, "utf8"));
      for (const [hash, text] of Object.entries(map)) {
        // A field may be called "subscription" too: an operation stands at the top and opens something.
        const name = /(?:^|\})\s*(?:query|mutation|subscription)\s+(\w+)\s*[({]/.exec(text)?.[1];
        if (name !== undefined) byName.set(name, { hash, text });
      }
    },
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes("/api/gql/") || !code.includes("graphql(")) return null;
      return code.replace(/\bgraphql\(\s*`([^`]*)`\s*,?\s*\)/gs, (_, text: string) => {
        const [, kind, name = ""] = /\b(query|mutation|subscription|fragment)\s+(\w+)/.exec(text) ?? [];
        if (kind === "fragment") return "({})";
        const document = byName.get(name);
        if (document === undefined)
          throw new Error(`${name} is not a persisted document; run npm run codegen`);
        const meta = `__meta__: { hash: ${JSON.stringify(document.hash)} }`;
        return kind === "subscription"
          ? `({ ${meta}, toString: () => ${JSON.stringify(document.text)} })`
          : `({ ${meta} })`;
      });
    },
  };
}
