/** Messages of text alone: made of HTML by the editor's code, signed below a line of dashes (RFC 3676 §4.3). */
import { loadEditor } from "./loadEditor";
import type { Signature } from "./types";

/** HTML as text. */
export async function textOf(html: string): Promise<string> {
  const { plainOf } = await loadEditor();
  return plainOf(html);
}

/** The text with another signature in the place of `old`, before what is quoted. */
export async function signText(
  text: string,
  old: Signature | undefined,
  signature: Signature | null,
): Promise<string> {
  const block = async (one: Signature) => `-- \n${(await textOf(one.html)).trim()}\n`;
  const before = old === undefined ? "" : await block(old);
  const after = signature === null ? "" : await block(signature);
  if (before !== "" && text.includes(before)) return text.replace(before, () => after);
  if (after === "") return text;
  const place = placeBeforeQuote(text);
  const own = text.slice(0, place).replace(/\n*$/, "\n\n");
  return `${own}${after}${place < text.length ? "\n" : ""}${text.slice(place)}`;
}

/** Where the words before the first quoted line, or the head of a forwarded message, begin. */
function placeBeforeQuote(text: string): number {
  const forward = /^-{8,}.*-{8,}$/m.exec(text);
  if (forward !== null) return forward.index;
  const quote = /^>/m.exec(text);
  if (quote === null) return text.length;
  const lines = text.slice(0, quote.index).replace(/\n$/, "");
  return lines.lastIndexOf("\n") + 1;
}
