/** Changing the text of a search by its parts; the server says where these stand. */

export type Part = { start: number; length: number };

/** The word the caret stands behind, which suggestions would replace. */
export function lastWord(text: string): string {
  return /(?:[a-z_]+:)?(?:"[^"]*|[^\s"(){}]*)$/i.exec(text)?.[0] ?? "";
}

/** The text with its last word replaced; a space follows, so that one can go on. */
export function withLastWord(text: string, replacement: string): string {
  return `${text.slice(0, text.length - lastWord(text).length)}${replacement} `;
}

/** A value in quotes where it needs them. */
export function quoted(value: string): string {
  return /[\s(){}"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}

/** The text without a part, and without an OR or an empty group that it leaves behind. */
export function withoutPart(text: string, { start, length }: Part): string {
  return tidy(`${text.slice(0, start)} ${text.slice(start + length)}`);
}

/** The newest text without a part of an earlier one: who takes two parts away does not wait for an answer between. */
export function withoutPartOf(newest: string, earlier: string, part: Part): string {
  if (newest === earlier) return withoutPart(newest, part);
  const words = earlier.slice(part.start, part.start + part.length);
  const start = newest.indexOf(words);
  return start < 0 ? newest : withoutPart(newest, { start, length: words.length });
}

function tidy(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    after = before
      .replace(/-?(?:[a-z_]+:)?(?:\(\s*\)|\{\s*\})/gi, " ")
      .replace(/([({])\s*(?:OR|\|)\s/g, "$1")
      .replace(/\s(?:OR|\|)\s*([)}])/g, "$1")
      .replace(/(\s|^)(?:OR|\|)\s+(?=(?:OR|\|)(?:\s|$))/g, "$1")
      .replace(/^\s*(?:OR|\|)\s/, "")
      .replace(/\s(?:OR|\|)\s*$/, "")
      .replace(/\s+/g, " ")
      .trim();
  } while (after !== before);
  return after;
}
