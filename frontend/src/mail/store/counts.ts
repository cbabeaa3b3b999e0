/** What a change does to the numbers beside mailboxes, until the server's own numbers have it. */
import { type Pending, patchRow } from "./changes";
import type { Change, Mailbox, Row } from "./types";

/** By mailbox: by how much its total and its unread number differ. */
export type Counts = Map<string, { total: number; unread: number }>;

export function countsOf(change: Change, before: ReadonlyMap<string, Row>): Counts {
  const counts: Counts = new Map();
  function add(mailboxId: string, total: number, unread: number) {
    const count = counts.get(mailboxId) ?? { total: 0, unread: 0 };
    counts.set(mailboxId, { total: count.total + total, unread: count.unread + unread });
  }
  for (const id of change.ids) {
    const row = before.get(id);
    if (row === undefined) continue;
    const after = patchRow(row, change);
    add(row.mailboxId, -1, row.isSeen ? 0 : -1);
    if (after !== null) add(after.mailboxId, 1, after.isSeen ? 0 : 1);
  }
  return counts;
}

/** The mailboxes with the numbers of pending changes on them. */
export function applyCounts(
  mailboxes: readonly Mailbox[],
  pending: readonly { entry: Pending; counts: Counts }[],
): readonly Mailbox[] {
  if (pending.length === 0) return mailboxes;
  return mailboxes.map((mailbox) => {
    let { total, unread } = mailbox;
    for (const { entry, counts } of pending) {
      const count = counts.get(mailbox.id);
      const isIncluded = entry.confirmedAt !== undefined && mailbox.modseq >= entry.confirmedAt;
      if (count === undefined || isIncluded) continue;
      total += count.total;
      unread += count.unread;
    }
    if (total === mailbox.total && unread === mailbox.unread) return mailbox;
    return { ...mailbox, total: Math.max(0, total), unread: Math.max(0, unread) };
  });
}
