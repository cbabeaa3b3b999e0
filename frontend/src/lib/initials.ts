/** Initials and hue that stand for a person who has no picture. */

/** One or two letters: first and last word of the name, else the start of the address. */
export function initials(name: string, address = ""): string {
  const words = name.split(/[\s,.]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0];
  const last = words.at(-1);
  const text =
    first === undefined || last === undefined
      ? address.slice(0, 1)
      : words.length === 1
        ? firstLetter(first)
        : firstLetter(first) + firstLetter(last);
  return text.toLocaleUpperCase();
}

function firstLetter(word: string): string {
  return word.match(/\p{L}|\p{N}/u)?.[0] ?? "";
}

/** Index of one of the seven hues; the same text always has the same. */
export function hueOf(text: string): number {
  let hash = 2166136261;
  for (const char of text.toLowerCase()) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0) % 7;
}
