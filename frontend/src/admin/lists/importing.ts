/** Members as they are pasted: lines of addresses, CSV with or without a header, or an address field. */

export type Entry = { address: string; name: string };

/** What the server takes at once. */
export const AT_ONCE = 1000;

/** Each address once, in the order they came; words that can be none are left for the server to refuse. */
export function readMembers(text: string): Entry[] {
  const found = new Map<string, Entry>();
  for (const line of text.split(/[\r\n]+/)) {
    for (const entry of entriesOf(line)) {
      const key = entry.address.toLowerCase();
      if (!found.has(key)) found.set(key, entry);
    }
  }
  return [...found.values()];
}

export function chunks<T>(all: readonly T[], size = AT_ONCE): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts;
}

function entriesOf(line: string): Entry[] {
  const cells = cellsOf(line).filter((cell) => cell !== "");
  const boxes = cells.map(boxOf);
  const addresses = boxes.filter(({ address }) => isMember(address));
  if (addresses.length === 0) {
    // A line of headings has no address; a single word that is none shall be told.
    return cells.length === 1 && cells[0] !== undefined && !/\s/.test(cells[0])
      ? [{ address: cells[0], name: "" }]
      : [];
  }
  if (addresses.length > 1) return addresses;
  const name = boxes.filter(({ address }) => !isMember(address)).map(({ address }) => address);
  return addresses.map((one) => ({ ...one, name: one.name === "" ? name.join(" ") : one.name }));
}

const isMember = (word: string) => /^group:\S+$/i.test(word) || /^[^\s@]+@[^\s@]+$/.test(word);

/** "Name <address>" or what stands there. */
function boxOf(cell: string): Entry {
  const match = /^(.*?)\s*<([^<>\s]+)>$/.exec(cell);
  if (match === null) return { address: cell, name: "" };
  return { address: match[2] ?? "", name: (match[1] ?? "").replace(/^"(.*)"$/, "$1") };
}

/** Cells between commas, semicolons or tabs; quotes keep them together (RFC 4180). */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') {
      isQuoted = !isQuoted;
      cell += sign;
    } else if (!isQuoted && /[,;\t]/.test(sign)) {
      cells.push(cell);
      cell = "";
    } else cell += sign;
  }
  cells.push(cell);
  return cells.map((one) =>
    one
      .trim()
      .replace(/^"([^"]*)"$/, "$1")
      .trim(),
  );
}
