/**
 * Changes as values: what one does to a row, what undoes it, and the log of those the server has not confirmed.
 *
 * Applying a change is idempotent by id, so it does not matter whether the server's news of it or its own
 * answer arrives first.
 */
import { type Change, FLAGGED, JUNK, type Row, SEEN } from "./types";

/** The row as it looks after a change; null when the change takes it away for good. */
export function patchRow(row: Row, change: Change): Row | null {
  if (change.destroy) return null;
  const added = change.addFlags ?? [];
  const removed = change.removeFlags ?? [];
  const flag = (name: string, current: boolean) =>
    added.includes(name) ? true : removed.includes(name) ? false : current;
  return {
    ...row,
    mailboxId: change.moveTo ?? row.mailboxId,
    isSeen: flag(SEEN, row.isSeen),
    isFlagged: flag(FLAGGED, row.isFlagged),
    keywords: patchKeywords(row.keywords, change),
    isMuted: change.mute ?? row.isMuted,
    timer:
      change.snoozeUntil === undefined
        ? row.timer
        : {
            kind: "SNOOZE",
            dueAt: change.snoozeUntil,
            returnTo: row.timer?.returnTo ?? row.mailboxId,
            error: null,
          },
  };
}

function patchKeywords(before: string[], { addFlags = [], removeFlags = [] }: Change): string[] {
  const after = before.filter((name) => !removeFlags.includes(name));
  for (const name of addFlags) if (!name.startsWith("\\") && !after.includes(name)) after.push(name);
  return sameList(after, before) ? before : after;
}

type Tags = NonNullable<Row["conversation"]>["tags"];

/** Which of these members of a conversation have which tags. */
function patchTags(before: Tags, { ids, addFlags = [], removeFlags = [] }: Change, members: string[]): Tags {
  const added = addFlags.filter((name) => !name.startsWith("\\"));
  const names = new Set([...before.map(({ keyword }) => keyword), ...added]);
  return [...names].flatMap((keyword) => {
    const had = before.find((tag) => tag.keyword === keyword)?.ids ?? [];
    const having = members.filter((id) => {
      if (!ids.includes(id)) return had.includes(id);
      return added.includes(keyword) || (had.includes(id) && !removeFlags.includes(keyword));
    });
    return having.length > 0 ? [{ keyword, ids: having }] : [];
  });
}

/**
 * The row of a conversation with a change on the messages it stands for: those that go away are no longer among
 * them, unless the row goes too and takes them along. `isStaying`: what the row's mailbox still has is wanted.
 */
function patchMembers(row: Row, change: Change, isStaying = false): Row {
  const { conversation } = row;
  if (conversation === null || !conversation.members.some(({ id }) => change.ids.includes(id))) return row;
  const leaves = change.destroy || (change.moveTo !== undefined && change.moveTo !== row.mailboxId);
  const goesAlong = leaves && !isStaying && change.ids.includes(row.id);
  const members = conversation.members.flatMap((member) => {
    if (!change.ids.includes(member.id)) return [member];
    if (leaves && !goesAlong && member.id !== row.id) return [];
    const flag = (name: string, current: boolean) =>
      change.addFlags?.includes(name) ? true : change.removeFlags?.includes(name) ? false : current;
    const { isSeen, isFlagged } = member;
    return [{ ...member, isSeen: flag(SEEN, isSeen), isFlagged: flag(FLAGGED, isFlagged) }];
  });
  const tags = patchTags(
    conversation.tags,
    change,
    members.map(({ id }) => id),
  );
  return { ...row, conversation: { ...conversation, members, tags } };
}

/** The changes that bring these rows back to what they were; empty for what cannot be undone. */
export function inverseOf(change: Change, before: readonly Row[]): Change[] {
  if (change.destroy) return [];
  const groups = new Map<
    string,
    { ids: string[]; addFlags: string[]; removeFlags: string[]; moveTo?: string; mute?: boolean }
  >();
  for (const row of before) {
    const addFlags = (change.removeFlags ?? []).filter((name) => hasFlag(row, name));
    const removeFlags = (change.addFlags ?? []).filter((name) => !hasFlag(row, name));
    const moveTo = change.moveTo !== undefined && change.moveTo !== row.mailboxId ? row.mailboxId : undefined;
    const mute = change.mute !== undefined && change.mute !== row.isMuted ? row.isMuted : undefined;
    if (addFlags.length === 0 && removeFlags.length === 0 && moveTo === undefined && mute === undefined)
      continue;
    const key = JSON.stringify([addFlags, removeFlags, moveTo, mute]);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, {
        ids: [row.id],
        addFlags,
        removeFlags,
        ...(moveTo && { moveTo }),
        ...(mute !== undefined && { mute }),
      });
    else group.ids.push(row.id);
  }
  return [...groups.values()];
}

/** Leaves out what would change nothing: ids whose row already looks so. Null when nothing is left. */
export function effective(change: Change, rows: ReadonlyMap<string, Row>): Change | null {
  const ids = change.ids.filter((id) => {
    const row = rows.get(id);
    if (row === undefined) return true;
    const after = patchRow(row, change);
    return after === null || !isSameRow(row, after);
  });
  return ids.length === 0 ? null : { ...change, ids };
}

function hasFlag(row: Row, name: string): boolean {
  if (name === SEEN) return row.isSeen;
  if (name === FLAGGED) return row.isFlagged;
  return row.keywords.includes(name);
}

function isSameRow(a: Row, b: Row): boolean {
  return (
    a.mailboxId === b.mailboxId &&
    a.isSeen === b.isSeen &&
    a.isFlagged === b.isFlagged &&
    a.isMuted === b.isMuted &&
    a.timer?.dueAt === b.timer?.dueAt &&
    sameList(a.keywords, b.keywords)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** A change on its way: confirmed once the server named the state it became part of. */
export type Pending = { change: Change; confirmedAt: number | undefined };

/** The log of changes that the server's lists may not show yet, oldest first. */
export class ChangeLog {
  #entries: Pending[] = [];

  get entries(): readonly Pending[] {
    return this.#entries;
  }

  add(change: Change): Pending {
    const entry: Pending = { change, confirmedAt: undefined };
    this.#entries = [...this.#entries, entry];
    return entry;
  }

  confirm(entry: Pending, state: number): void {
    entry.confirmedAt = state;
  }

  /** Takes ids (or all) out of an entry: the server refused them. */
  refuse(entry: Pending, ids?: ReadonlySet<string>): void {
    const left = ids === undefined ? [] : entry.change.ids.filter((id) => !ids.has(id));
    entry.change = { ...entry.change, ids: left };
    if (left.length === 0) this.#entries = this.#entries.filter((one) => one !== entry);
  }

  /** Forgets what the server's lists show by themselves at this state. */
  settle(state: number): void {
    this.#entries = this.#entries.filter(
      (entry) => entry.confirmedAt === undefined || entry.confirmedAt > state,
    );
  }

  /** Ids touched by any entry still in the log. */
  touched(): Set<string> {
    return new Set(this.#entries.flatMap((entry) => entry.change.ids));
  }

  /** What a mailbox still has of the conversation for which this row stood there, once it has left. */
  stayed(row: Row, told: number): Row["conversation"] {
    let current = row;
    for (const { change, confirmedAt } of this.#entries)
      if (confirmedAt === undefined || confirmedAt > told) current = patchMembers(current, change, true);
    const { conversation } = current;
    if (conversation === null) return null;
    const members = conversation.members.filter(({ id }) => id !== row.id);
    const tags = patchTags(
      conversation.tags,
      { ids: [] },
      members.map(({ id }) => id),
    );
    return { ...conversation, members, tags };
  }

  /**
   * The row with all pending changes on it; null when one of them takes it away. `told` is the state at which the
   * server said what it stands for.
   */
  apply(row: Row, state: number, told: number): Row | null {
    let current: Row | null = row;
    for (const entry of this.#entries) {
      if (current === null) break;
      const isIn = (known: number) => entry.confirmedAt !== undefined && entry.confirmedAt <= known;
      if (!isIn(told)) current = patchMembers(current, entry.change);
      if (!isIn(state) && entry.change.ids.includes(row.id)) current = patchRow(current, entry.change);
    }
    return current;
  }
}

/** What "junk" and "not junk" are in flags. */
export const junkFlags = { addFlags: [JUNK], removeFlags: ["$NotJunk"] } as const;
export const notJunkFlags = { addFlags: ["$NotJunk"], removeFlags: [JUNK] } as const;
