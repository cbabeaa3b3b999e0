/** Rights on a folder in three plain levels, and the letters of RFC 4314 behind them; pure. */
import type { MailboxRight } from "@/api";

export type Level = "read" | "write" | "manage";

/** Every right with its letter, in the order of the RFC. */
export const LETTERS: readonly (readonly [MailboxRight, string])[] = [
  ["LOOKUP", "l"],
  ["READ", "r"],
  ["SEEN", "s"],
  ["WRITE", "w"],
  ["INSERT", "i"],
  ["POST", "p"],
  ["CREATE", "k"],
  ["DELETE_MAILBOX", "x"],
  ["DELETE_MESSAGES", "t"],
  ["EXPUNGE", "e"],
  ["ADMINISTER", "a"],
];

const letters: Record<Level, string> = { read: "lrs", write: "lrswipte", manage: "lrswipkxtea" };

/** The rights that letters name, in the order of the RFC. */
function named(wanted: string): MailboxRight[] {
  return LETTERS.filter(([, letter]) => wanted.includes(letter)).map(([right]) => right);
}

export function rightsOf(level: Level): MailboxRight[] {
  return named(letters[level]);
}

export function lettersOf(rights: readonly MailboxRight[]): string {
  return LETTERS.filter(([right]) => rights.includes(right))
    .map(([, letter]) => letter)
    .join("");
}

/** The level that is exactly these rights; undefined for a choice of one's own. */
export function levelOf(rights: readonly MailboxRight[]): Level | undefined {
  const held = lettersOf(rights);
  return (["read", "write", "manage"] as const).find((level) => letters[level] === held);
}

/** With one right more or less. */
export function toggled(rights: readonly MailboxRight[], right: MailboxRight, on: boolean): MailboxRight[] {
  return named(lettersOf(on ? [...rights, right] : rights.filter((one) => one !== right)));
}
