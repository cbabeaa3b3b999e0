/** The HTML of a message as plain text: originals quoted, the signature below its line of dashes. */
import { quoteLines } from "../quote";
import { quotedFragment } from "./sanitize";

const blocks =
  /^(ADDRESS|ARTICLE|BLOCKQUOTE|CENTER|DIV|DL|DT|DD|FORM|H[1-6]|HR|LI|OL|P|PRE|SECTION|TABLE|TR|UL)$/;
const spaced = /^(H[1-6]|P|PRE|TABLE|UL|OL)$/;
const unseen = /^(STYLE|SCRIPT|TITLE|HEAD|TEMPLATE)$/;

export function plainOf(html: string): string {
  const writer = new Writer();
  writer.children(quotedFragment(html));
  return writer.finish();
}

class Writer {
  #lines: string[] = [];
  #line = "";
  #isOpen = false;
  /** Of a list's entry, until its first words come. */
  #bullet = "";

  children(parent: ParentNode): void {
    for (const node of parent.childNodes) this.#node(node);
  }

  finish(): string {
    this.#close();
    return this.#lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .replace(/^\n+(?=\S)/, "");
  }

  #node(node: ChildNode): void {
    if (node instanceof Text) {
      const isPre = node.parentElement?.closest("pre") != null;
      this.#write(isPre ? node.data : node.data.replace(/[ \t\r\n\f]+/g, " "));
    } else if (node instanceof HTMLElement && !unseen.test(node.tagName)) this.#element(node);
  }

  #element(element: HTMLElement): void {
    const { tagName } = element;
    if (tagName === "BR") {
      this.#line = this.#line.replace(/ $/, "");
      this.#lines.push(this.#line);
      this.#line = "";
      this.#isOpen = false;
    } else if (element.dataset.quoted === "forward") this.#nested(element, (text) => text);
    else if (tagName === "BLOCKQUOTE") this.#nested(element, quoteLines);
    else if (element.dataset.signature !== undefined) this.#nested(element, (text) => `-- \n${text}`);
    else if (tagName === "A") this.#link(element);
    else if (tagName === "TD" || tagName === "TH") {
      if (this.#line !== "") this.#write("  ");
      this.children(element);
    } else if (blocks.test(tagName)) this.#block(element);
    else this.children(element);
  }

  #block(element: HTMLElement): void {
    this.#close();
    const { tagName } = element;
    const before = this.#lines.length;
    if (spaced.test(tagName) && before > 0 && this.#lines[before - 1] !== "") this.#lines.push("");
    if (tagName === "LI") this.#bullet = bulletOf(element);
    if (tagName === "HR") this.#write("-----");
    this.children(element);
    this.#close();
    if (spaced.test(tagName) && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  #nested(element: HTMLElement, form: (text: string) => string): void {
    this.#close();
    const inner = new Writer();
    inner.children(element);
    this.#lines.push(...form(inner.finish().replace(/\n+$/, "")).split("\n"));
  }

  #link(element: HTMLElement): void {
    const href = element.getAttribute("href") ?? "";
    const text = (element.textContent ?? "").trim();
    this.children(element);
    const isSaid =
      href === "" || href.replace(/^mailto:|^https?:\/\/|\/$/g, "") === text.replace(/^https?:\/\/|\/$/g, "");
    if (!isSaid && !href.startsWith("#")) this.#write(` <${href}>`);
  }

  #write(text: string): void {
    const pieces = text.split("\n");
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) this.#break();
      const start = this.#line === "" && pieces.length === 1 ? piece.replace(/^ /, "") : piece;
      if (start.trim() !== "" && this.#bullet !== "") {
        this.#line = this.#bullet + this.#line;
        this.#bullet = "";
      }
      this.#line += this.#line.endsWith(" ") ? start.replace(/^ /, "") : start;
      if (start !== "") this.#isOpen = true;
    }
  }

  #break(): void {
    this.#lines.push(this.#line);
    this.#line = "";
  }

  /** Ends the line that is being written, if there is one. */
  #close(): void {
    if (this.#isOpen) this.#lines.push(this.#line.replace(/ $/, ""));
    this.#line = "";
    this.#isOpen = false;
  }
}

function bulletOf(element: HTMLElement): string {
  const list = element.parentElement;
  if (list?.tagName !== "OL") return "- ";
  return `${[...list.children].indexOf(element) + 1}. `;
}
