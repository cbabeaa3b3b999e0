/** The document as the HTML of a message: inline styles only, quotes byte for byte. */
import { DOMParser, DOMSerializer, type Node } from "prosemirror-model";
import { directionOf } from "./direction";
import { quotedFragment } from "./sanitize";
import { cellAttributes, schema } from "./schema";
import { withShortBlocks } from "./shortBlocks";

const quoteStyle = "margin:0 0 0 4px;padding-left:12px;border-left:2px solid #c9c7c2";
const base = DOMSerializer.nodesFromSchema(schema);
const serializer = new DOMSerializer(
  {
    ...base,
    line: (node) => (node.childCount === 0 ? ["div", ["br"]] : ["div", directionOf(node), 0]),
    paragraph: (node) => (node.childCount === 0 ? ["p", ["br"]] : ["p", directionOf(node), 0]),
    heading: (node) => [`h${node.attrs.level}`, directionOf(node), 0],
    bullet_list: (node) => ["ul", directionOf(node), 0],
    ordered_list: (node) => {
      const { order } = node.attrs;
      return ["ol", { ...(order !== 1 && { start: String(order) }), ...directionOf(node) }, 0];
    },
    blockquote: () => ["blockquote", { style: quoteStyle }, 0],
    table: () => ["table", { style: "border-collapse:collapse" }, ["tbody", 0]],
    table_cell: (node) => {
      const align = node.attrs.align === "" ? "" : `;text-align:${node.attrs.align}`;
      const looks = { style: `border:1px solid #c9c7c2;padding:3px 8px${align}` };
      return [String(node.attrs.tag), { ...cellAttributes(node.attrs), ...looks }, 0];
    },
    code_block: () => ["pre", { style: "white-space:pre-wrap;font-family:monospace" }, 0],
    image: (node) => {
      const { src, alt, width } = node.attrs;
      const size = width === null ? {} : { width: String(width) };
      return ["img", { src: String(src), alt: String(alt), ...size, style: "max-width:100%" }];
    },
    // A place that the original takes after the rest has become text.
    quotedHtml: (node) => ["x-quoted", { kind: String(node.attrs.kind) }],
  },
  DOMSerializer.marksFromSchema(schema),
);

export function toHtml(doc: Node): string {
  // In a document of its own: pictures named by content id would be asked for in the page's.
  const inert = document.implementation.createHTMLDocument("");
  const holder = inert.createElement("div");
  holder.append(serializer.serializeFragment(doc.content, { document: inert }));
  const originals: string[] = [];
  doc.descendants((node) => {
    if (node.type === schema.nodes.quotedHtml) originals.push(String(node.attrs.html));
  });
  let index = 0;
  return holder.innerHTML.replace(/<x-quoted kind="(\w+)"><\/x-quoted>/g, (_, kind: string) => {
    const original = originals[index++] ?? "";
    return kind === "forward"
      ? `<div data-quoted="forward">${original}</div>`
      : `<blockquote data-quoted="reply" type="cite" style="${quoteStyle}">${original}</blockquote>`;
  });
}

/** What the author wrote, as text without the quoted original. */
export function toText(doc: Node): string {
  const lines: string[] = [];
  doc.forEach((node) => {
    if (node.type !== schema.nodes.quotedHtml) lines.push(node.textBetween(0, node.content.size, "\n"));
  });
  return lines.join("\n").trim();
}

/** Reads HTML of ours or of another program; an original keeps its own styles, the rest becomes ours. */
export function fromHtml(html: string): Node {
  const fragment = quotedFragment(html);
  // A break at the end of a block only keeps it open in a browser; it is no line of its own.
  for (const line of fragment.querySelectorAll("br:last-child")) {
    const block = line.parentElement;
    const isLast = line.nextSibling === null && block !== null && /^(DIV|P|LI|H[1-6])$/.test(block.tagName);
    if (isLast && line.closest("[data-quoted]") === null) line.remove();
  }
  const doc = DOMParser.fromSchema(schema).parse(fragment);
  return doc.copy(withShortBlocks(doc.content));
}
