/** The order in which a conversation is read, and what of it is folded away. */
import type { Row } from "../store/types";

export type Order = "newest-last" | "newest-first";
export const FOLD_FROM = 3;
const MAX_OPENED = 5;

/** Every message once, in reading order. */
export function inOrder(own: Row, others: readonly Row[], order: Order): Row[] {
  const all = [...others.filter(({ id }) => id !== own.id), own];
  all.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt) || Number(a.id) - Number(b.id));
  return order === "newest-first" ? all.reverse() : all;
}

/** Which messages stand open at first: the one that was opened, and what has not been read. */
export function openedAtFirst(own: Row, others: readonly Row[]): Set<string> {
  const unread = others.filter((row) => !row.isSeen).slice(-MAX_OPENED);
  return new Set([own.id, ...unread.map(({ id }) => id)]);
}

/** The messages older than the opened one that may be folded into one line, where there are enough of them. */
export function foldable(
  rows: readonly Row[],
  ownId: string,
  opened: ReadonlySet<string>,
  order: Order,
): Set<string> {
  const at = rows.findIndex(({ id }) => id === ownId);
  const older = order === "newest-last" ? rows.slice(0, at) : rows.slice(at + 1);
  const closed = older.filter(({ id }) => !opened.has(id));
  return new Set(closed.length >= FOLD_FROM ? closed.map(({ id }) => id) : []);
}

/** Each open message has a frame, and more of them cannot go together, as when another message is opened, unfelt. */
export const MOST_OPEN = 60;
const AT_ONCE = 6;

export type Goal = "open" | "folded";

/** What is still to be opened or folded: a few messages of the newest ones, in reading order. */
export function nextToChange(
  goal: Goal,
  rows: readonly Row[],
  ownId: string,
  opened: ReadonlySet<string>,
): string[] {
  const all = rows.filter(({ id }) => id !== ownId);
  const wanted =
    goal === "folded"
      ? all.filter(({ id }) => opened.has(id))
      : newestOf(all).filter((row) => !opened.has(row.id));
  return wanted.slice(0, AT_ONCE).map(({ id }) => id);
}

/** Whether all that may stand open together does. */
export function areOpen(rows: readonly Row[], ownId: string, opened: ReadonlySet<string>): boolean {
  return nextToChange("open", rows, ownId, opened).length === 0;
}

function newestOf(rows: readonly Row[]): Row[] {
  const first = [...rows].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)).slice(0, MOST_OPEN - 1);
  return rows.filter((row) => first.includes(row));
}
