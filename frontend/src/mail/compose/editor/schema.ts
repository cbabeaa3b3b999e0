/**
 * What a message may consist of while it is written.
 *
 * A line is a `div`, as in most mail: a line of mail is no paragraph with margins. `quotedHtml` holds an
 * original verbatim; it is one piece for the cursor. A `signature` can be exchanged for another one.
 */
import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";
import { bulletList, listItem, orderedList } from "prosemirror-schema-list";
import { quotedFragment } from "./sanitize";

const nodes: Record<string, NodeSpec> = {
  doc: { content: "block+" },
  line: {
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "div" }],
    toDOM: () => ["div", 0],
  },
  paragraph: {
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { level: { default: 1, validate: "number" } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: {
    content: "block+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  code_block: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", 0],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  bullet_list: { ...bulletList, content: "list_item+", group: "block" },
  ordered_list: { ...orderedList, content: "list_item+", group: "block" },
  list_item: { ...listItem, content: "(line | paragraph) block*" },
  table: {
    content: "table_row+",
    group: "block",
    isolating: true,
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: { content: "table_cell+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  table_cell: {
    content: "block+",
    isolating: true,
    attrs: {
      tag: { default: "td", validate: "string" },
      colspan: { default: 1, validate: "number" },
      rowspan: { default: 1, validate: "number" },
      align: { default: "", validate: "string" },
    },
    parseDOM: ["td", "th"].map((tag) => ({ tag, getAttrs: (element) => ({ tag, ...cellOf(element) }) })),
    toDOM: (node) => [String(node.attrs.tag), cellAttributes(node.attrs), 0],
  },
  signature: {
    content: "block+",
    group: "block",
    defining: true,
    attrs: { id: { default: "", validate: "string" } },
    parseDOM: [
      {
        tag: "div[data-signature]",
        priority: 80,
        getAttrs: (element) => ({ id: element.dataset.signature ?? "" }),
      },
    ],
    toDOM: (node) => ["div", { "data-signature": String(node.attrs.id) }, 0],
  },
  quotedHtml: {
    group: "block",
    atom: true,
    selectable: true,
    draggable: false,
    attrs: { html: { default: "", validate: "string" }, kind: { default: "reply", validate: "string" } },
    parseDOM: [
      {
        tag: "[data-quoted]",
        priority: 90,
        getAttrs: (element) => ({ html: element.innerHTML, kind: element.dataset.quoted || "reply" }),
      },
    ],
    toDOM: (node) => {
      const dom = document.createElement(node.attrs.kind === "forward" ? "div" : "blockquote");
      dom.dataset.quoted = String(node.attrs.kind);
      dom.append(quotedFragment(String(node.attrs.html)));
      return { dom };
    },
  },
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  image: {
    inline: true,
    group: "inline",
    draggable: true,
    attrs: {
      src: { default: "", validate: "string" },
      alt: { default: "", validate: "string" },
      width: { default: null },
    },
    parseDOM: [
      {
        tag: "img[src]",
        getAttrs: (element) => ({
          src: element.dataset.cid ?? element.getAttribute("src") ?? "",
          alt: element.getAttribute("alt") ?? "",
          width: element.getAttribute("width"),
        }),
      },
    ],
    toDOM: (node) => ["img", imageAttributes(node.attrs)],
  },
};

function cellOf(element: HTMLElement): { colspan: number; rowspan: number; align: string } {
  const span = (name: string) => Math.min(100, Math.max(1, Number(element.getAttribute(name)) || 1));
  const align = (element.style.textAlign || element.getAttribute("align")) ?? "";
  return {
    colspan: span("colspan"),
    rowspan: span("rowspan"),
    align: /^(center|right|end)$/.test(align) ? align : "",
  };
}

/** Attributes of a cell, without its looks. */
export function cellAttributes({ colspan, rowspan }: Record<string, unknown>): Record<string, string> {
  return {
    ...(colspan !== 1 && { colspan: String(colspan) }),
    ...(rowspan !== 1 && { rowspan: String(rowspan) }),
  };
}

function imageAttributes({ src, alt, width }: Record<string, unknown>): Record<string, string> {
  return {
    src: String(src),
    alt: String(alt),
    ...(width !== null && { width: String(width) }),
  };
}

const simple = (tag: string, ...more: string[]): MarkSpec => ({
  parseDOM: [tag, ...more].map((name) => ({ tag: name })),
  toDOM: (): DOMOutputSpec => [tag, 0],
});

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: { validate: "string" } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element) => ({ href: (element as HTMLElement).getAttribute("href") ?? "" }),
      },
    ],
    toDOM: (mark) => ["a", { href: String(mark.attrs.href), rel: "noopener noreferrer" }, 0],
  },
  strong: {
    parseDOM: [
      { tag: "strong" },
      // Google Docs wraps everything into <b style="font-weight: normal">.
      {
        tag: "b",
        getAttrs: (element) => (element as HTMLElement).style.fontWeight !== "normal" && null,
      },
      { style: "font-weight", getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null },
    ],
    toDOM: () => ["b", 0],
  },
  em: {
    parseDOM: [{ tag: "i" }, { tag: "em" }, { style: "font-style=italic" }],
    toDOM: () => ["i", 0],
  },
  underline: {
    parseDOM: [{ tag: "u" }, { style: "text-decoration=underline" }],
    toDOM: () => ["u", 0],
  },
  strike: {
    parseDOM: [{ tag: "s" }, { tag: "strike" }, { tag: "del" }, { style: "text-decoration=line-through" }],
    toDOM: () => ["s", 0],
  },
  code: simple("code", "tt", "samp"),
  colour: {
    attrs: { colour: { validate: "string" } },
    parseDOM: [{ style: "color", getAttrs: (value) => isReadableColour(value) && { colour: value } }],
    toDOM: (mark) => ["span", { style: `color:${mark.attrs.colour}` }, 0],
  },
};

/** Black, white and inherited colours of pasted text are those of the page it came from: left out. */
function isReadableColour(value: string): boolean {
  return (
    /^(#[0-9a-f]{3,8}|[a-z]+|rgba?\([\d\s.,%/]+\))$/i.test(value.trim()) &&
    !/^(#0{3,8}|#f{3,8}|black|white|inherit|initial|unset|currentcolor|windowtext|rgb\(0, 0, 0\)|rgb\(255, 255, 255\))$/i.test(
      value.trim(),
    ) &&
    !isGrey(value)
  );
}

/** Greys are the ink of the page that the text was copied from. */
function isGrey(value: string): boolean {
  const parts = /^rgba?\((\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(value.trim())?.slice(1).map(Number);
  return parts !== undefined && Math.max(...parts) - Math.min(...parts) < 24;
}

export const schema = new Schema({ nodes, marks });
