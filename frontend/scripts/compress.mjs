/** Puts the gzip and Brotli forms of everything that is text beside the built page, for the server to send. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const dist = process.argv[2] ?? fileURLToPath(new URL("../dist", import.meta.url));
const kinds = /\.(?:js|css|html|svg|json|webmanifest)$/;

const entries = await readdir(dist, { withFileTypes: true, recursive: true });
const files = entries
  .filter((entry) => entry.isFile() && kinds.test(entry.name))
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  .filter((file) => !path.relative(dist, file).startsWith("."));

await Promise.all(
  files.map(async (file) => {
    const text = await readFile(file);
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }),
      promisify(gzip)(text, { level: 9 }),
    ]);
    // A form that saves nothing is not worth a header.
    if (br.length < text.length) await writeFile(`${file}.br`, br);
    if (gz.length < text.length) await writeFile(`${file}.gz`, gz);
  }),
);
