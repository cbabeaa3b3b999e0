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
