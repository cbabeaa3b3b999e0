/**
 * What other programs put on the clipboard, made into what a person meant by it.
 *
 * Word and Outlook write lists as paragraphs that carry their level in `mso-list`, lines as paragraphs without
 * margins, and pictures as files of the machine they were copied on. Google Docs wraps everything into a bold
 * that is not bold. Excel writes a table with columns of its own. The schema leaves out whatever else it does not
 * know.
 */
import { quotedFragment } from "./sanitize";

/** Makes a picture a file of the message that is written, and gives its content id; undefined where it cannot. */
export type TakePicture = (picture: File | { messageId: string; part: string }) => string | undefined;

export function cleanPasted(html: string, takePicture?: TakePicture): string {
  const fragment = quotedFragment(fragmentOf(html));
  for (const gone of fragment.querySelectorAll(
    "style, title, meta, link, col, colgroup, .Apple-interchange-newline",
  ))
    gone.remove();
  for (const wrapper of fragment.querySelectorAll("b[id^='docs-internal-guid']")) unwrap(wrapper);
  for (const picture of fragment.querySelectorAll("img")) {
    const src = sourceOf(picture.getAttribute("src") ?? "", takePicture);
    if (src === undefined) picture.remove();
    else picture.setAttribute("src", src);
  }
  for (const coloured of fragment.querySelectorAll<HTMLElement>("a [style]")) coloured.style.color = "";
  makeLists(fragment);
  for (const paragraph of fragment.querySelectorAll("p")) if (isLine(paragraph)) becomeLine(paragraph);
  for (const box of [...fragment.querySelectorAll("div")].reverse()) if (isBox(box)) unwrap(box);
  for (const row of fragment.querySelectorAll("tr")) if (row.cells.length === 0) row.remove();
  for (const table of fragment.querySelectorAll("table")) if (table.rows.length === 0) table.remove();
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.append(fragment);
  return holder.innerHTML;
}

/**
 * Where the readers of the message find the picture. Paths of this house are open to its author alone, and many
 * programs show none that stands within the text: both become files.
 */
function sourceOf(src: string, takePicture: TakePicture | undefined): string | undefined {
  const here = globalThis.location?.origin;
  if (src.startsWith("/") || (here !== undefined && src.startsWith(`${here}/`))) {
    const [, messageId, part] = /\/files\/(\d+)\/([\d.]+)\?inline=1$/.exec(src) ?? [];
    if (messageId === undefined || part === undefined) return undefined;
    const contentId = takePicture?.({ messageId, part });
    return contentId && `cid:${contentId}`;
  }
  if (/^data:image\//i.test(src) && takePicture !== undefined) {
    const file = fileOf(src);
    const contentId = file && takePicture(file);
    return contentId === undefined ? src : `cid:${contentId}`;
  }
  return /^(https?:|data:image\/|cid:)/i.test(src) ? src : undefined;
}

function fileOf(src: string): File | undefined {
  const [, type, kind, data] = /^data:(image\/(png|jpeg|gif|webp));base64,([a-z0-9+/=\s]+)$/i.exec(src) ?? [];
  if (type === undefined || data === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    return new File([bytes], `image.${kind?.toLowerCase()}`, { type: type.toLowerCase() });
  } catch {
    return undefined; // no base64 after all
  }
}

/** Between the marks of Windows' clipboard, where there are any. */
function fragmentOf(html: string): string {
  const begin = /<!--\s*StartFragment\s*-->/i.exec(html);
  const end = /<!--\s*EndFragment\s*-->/i.exec(html);
  if (begin === null || end === null || end.index < begin.index) return html;
  const inner = html.slice(begin.index + begin[0].length, end.index);
  // Excel marks the rows: the table around them is outside.
  return /^\s*<(col|tr|tbody)\b/i.test(inner) ? `<table>${inner}</table>` : inner;
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

/** Whether a division only holds blocks: it is no line. */
function isBox(division: HTMLElement): boolean {
  const blocks = division.querySelector(
    ":scope > :is(div, p, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre)",
  );
  return (
    blocks !== null && ![...division.childNodes].some((one) => one instanceof Text && one.data.trim() !== "")
  );
}

/** A paragraph of Word, Outlook or Docs that has no margins is a line. */
function isLine(paragraph: HTMLElement): boolean {
  const style = paragraph.getAttribute("style") ?? "";
  return (
    /^Mso(?!Heading|Title)/.test(paragraph.className) ||
    /margin(-bottom)?:\s*0(\.0+)?(pt|px|cm|in)?(\s|;|$)/i.test(style)
  );
}

function becomeLine(paragraph: HTMLElement): void {
  const line = paragraph.ownerDocument.createElement("div");
  const isEmpty =
    (paragraph.textContent ?? "").replace(/[\s\u00a0]/g, "") === "" && !paragraph.querySelector("img");
  if (!isEmpty) line.append(...paragraph.childNodes);
  paragraph.replaceWith(line);
}

const listed = /mso-list:\s*l\d+\s+level(\d)/i;

/** Turns runs of Word's list paragraphs into lists. */
function makeLists(root: ParentNode): void {
  const entries = [...root.querySelectorAll<HTMLElement>("p, li, h1, h2, h3")].filter((one) =>
    listed.test(one.getAttribute("style") ?? ""),
  );
  let open: { list: HTMLElement; level: number }[] = [];
  let last: Element | undefined;
  for (const entry of entries) {
    if (entry.tagName === "LI") continue;
    if (last === undefined || entry.previousElementSibling !== last) open = [];
    const level = Math.min(9, Number(listed.exec(entry.getAttribute("style") ?? "")?.[1] ?? 1));
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    const item = entry.ownerDocument.createElement("li");
    const tag = takeMarker(entry) ? "ol" : "ul";
    const same = open.at(-1);
    if (same?.level === level && same.list.localName !== tag) open.pop();
    item.append(...entry.childNodes);
    if ((open.at(-1)?.level ?? 0) < level) {
      const list = entry.ownerDocument.createElement(tag);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent == null) entry.replaceWith(list);
      else {
        parent.append(list);
        entry.remove();
      }
      open.push({ list, level });
    } else entry.remove();
    open.at(-1)?.list.append(item);
    last = open[0]?.list;
  }
}

/** Takes Word's own bullet or number off; whether it was a number. */
function takeMarker(entry: HTMLElement): boolean {
  const marker = [...entry.querySelectorAll<HTMLElement>("span")].find((span) =>
    /mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? ""),
  );
  const text = (marker?.textContent ?? "").replace(/[\s\u00a0]/g, "");
  marker?.remove();
  return /^\(?[0-9a-z]{1,4}[.)]$/i.test(text) && text !== "o.";
}
