/**
 * Build step: the file of src/start.ts (a group of its own in the configuration) is loaded first and runs at once,
 * and the fonts of the first screen are asked for with it, so that text need not be set twice.
 */
import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin } from "vite";

const source = fileURLToPath(new URL("../src/start.ts", import.meta.url));
const firstFonts = /\/(inter|source-serif-4)-latin-wght-normal-[^/]*\.woff2$/;

export function startScript(): Plugin {
  return {
    name: "start-script",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }) {
        const tags: HtmlTagDescriptor[] = [];
        for (const file of Object.values(bundle)) {
          const href = `/${file.fileName}`;
          if (file.type === "chunk" && file.moduleIds.includes(source)) {
            const attrs = { type: "module", async: true, crossorigin: true, src: href };
            tags.unshift({ tag: "script", attrs, injectTo: "head-prepend" });
          } else if (firstFonts.test(href)) {
            const attrs = { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href };
            tags.push({ tag: "link", attrs, injectTo: "head" });
          }
        }
        return tags;
      },
    },
  };
}
