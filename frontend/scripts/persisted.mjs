/** Puts the hash -> document map beside the built page; the server answers only to these documents. */
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
await copyFile(
  path.join(root, "src/api/gql/persisted-documents.json"),
  path.join(root, "dist/persisted.json"),
);
