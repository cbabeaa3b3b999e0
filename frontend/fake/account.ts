/**
 * A mail account in memory with the semantics of the API: one modseq, views by position, deltas.
 *
 * Used by the store's tests directly and by the fake GraphQL server.
 */

import type { Change, ChangeResult, Delta, Mailbox, Page, Row, Sort, Source } from "@/mail/store/types";
import { byConversation } from "../src/mail/offline/byConversation";

type Stored = { row: Row; joinedAt: number; changedAt: number };
type Left = { id: string; mailboxId: string; at: number };

export class FakeAccount {
  modseq = 1;
  mailboxes: Mailbox[] = [];
  readonly #messages = new Map<string, Stored>();
  readonly #left: Left[] = [];
  /** Ids that every change refuses. */
  readonly refused = new Set<string>();
  /** Deltas from before this point are answered with a reset. */
  forgottenBefore = 0;
  onChange: (mailboxIds: string[]) => void = () => undefined;

  addMailbox(id: string, path: string, specialUse: Mailbox["specialUse"] = null): void {
    const parent = this.mailboxes.find(
      (one) => one.path === path.slice(0, Math.max(0, path.lastIndexOf("/"))),
    );
    const name = path.slice(path.lastIndexOf("/") + 1);
    const mailbox: Mailbox = {
      id,
      path,
      name,
      parentId: parent?.id ?? null,
      specialUse,
      total: 0,
      unread: 0,
      modseq: this.modseq,
      rights: [
        "LOOKUP",
        "READ",
        "SEEN",
        "WRITE",
        "INSERT",
        "POST",
        "CREATE",
        "DELETE_MAILBOX",
        "DELETE_MESSAGES",
        "EXPUNGE",
        "ADMINISTER",
      ],
    };
    this.mailboxes = [...this.mailboxes, mailbox];
  }

  add(row: Row, { silent = false } = {}): void {
    this.modseq += 1;
    this.#messages.set(row.id, { row, joinedAt: this.modseq, changedAt: this.modseq });
    if (!silent) this.#touched([row.mailboxId]);
  }

  get(id: string): Row | undefined {
    return this.#messages.get(id)?.row;
  }

  /** Makes conversations of the messages, so many of them. */
  join(count: number): void {
    let at = 0;
    for (const stored of this.#messages.values()) {
      stored.row = { ...stored.row, threadId: `t${at % count}` };
      at += 1;
    }
  }

  /** Sorts and counts once after many silent additions. */
  settle(): void {
    this.#count(this.mailboxes.map((one) => one.id));
  }

  #sorted: { stamp: string; list: Row[] } | undefined;
  /** Lists of conversations as they were at each state. */
  readonly #told = new Map<string, Row[]>();

  list(source: Source, sort: Sort): Row[] {
    const stamp = stampOf(this.modseq, source, sort);
    if (this.#sorted?.stamp !== stamp) this.#sorted = { stamp, list: this.#sort(source, sort) };
    if (source.byConversation) this.#told.set(stamp, this.#sorted.list);
    return this.#sorted.list;
  }

  #sort(source: Source, sort: Sort): Row[] {
    const sign = sort === "DATE_ASC" ? 1 : -1;
    const words = (source.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...this.#messages.values()]
      .map(({ row }) => row)
      .filter((row) => source.mailboxId === undefined || row.mailboxId === source.mailboxId)
      .filter((row) => source.filter !== "UNREAD" || !row.isSeen)
      .filter((row) => source.filter !== "STARRED" || row.isFlagged)
      .filter((row) => words.every((word) => matches(row, word)))
      .sort((a, b) => sign * (a.receivedAt.localeCompare(b.receivedAt) || a.id.localeCompare(b.id)));
    return source.byConversation ? byConversation(rows) : rows;
  }

  page(source: Source, sort: Sort, offset: number, limit: number): Page {
    const list = this.list(source, sort);
    return {
      offset,
      total: list.length,
      messageTotal: messagesOf(list),
      state: this.modseq,
      rows: list.slice(offset, offset + limit),
    };
  }

  changes(source: Source & { mailboxId: string }, since: number, sort: Sort): Delta {
    const { mailboxId } = source;
    const list = this.list(source, sort);
    const base = {
      state: this.modseq,
      total: list.length,
      messageTotal: messagesOf(list),
      mailboxes: this.mailboxes.filter((one) => one.modseq > since),
    };
    if (since < this.forgottenBefore) return { ...base, isReset: true, removed: [], added: [], updated: [] };
    if (source.byConversation) {
      const before = this.#told.get(stampOf(since, source, sort)) ?? [];
      const old = new Map(before.map((row) => [row.id, row]));
      const ids = new Set(list.map(({ id }) => id));
      return {
        ...base,
        isReset: false,
        removed: before.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
        added: list.flatMap((row, index) => (old.has(row.id) ? [] : [{ index, row }])),
        updated: list.filter((row) => old.has(row.id) && !isSame(old.get(row.id), row)),
      };
    }
    const stored = (row: Row) => this.#messages.get(row.id);
    return {
      ...base,
      isReset: false,
      removed: [
        ...new Set(
          this.#left.filter((one) => one.mailboxId === mailboxId && one.at > since).map((one) => one.id),
        ),
      ].filter((id) => !list.some((row) => row.id === id && (stored(row)?.joinedAt ?? 0) <= since)),
      added: list.flatMap((row, index) => ((stored(row)?.joinedAt ?? 0) > since ? [{ index, row }] : [])),
      updated: list.filter(
        (row) => (stored(row)?.changedAt ?? 0) > since && (stored(row)?.joinedAt ?? 0) <= since,
      ),
    };
  }

  update(change: Change): ChangeResult {
    const failed: ChangeResult["failed"] = [];
    const touched = new Set<string>();
    this.modseq += 1;
    for (const id of change.ids) {
      const stored = this.#messages.get(id);
      if (stored === undefined || this.refused.has(id)) {
        failed.push({ id, message: stored === undefined ? "No such message" : "Not allowed here" });
        continue;
      }
      const { row } = stored;
      touched.add(row.mailboxId);
      if (change.destroy || (change.moveTo !== undefined && change.moveTo !== row.mailboxId)) {
        this.#left.push({ id, mailboxId: row.mailboxId, at: this.modseq });
        stored.joinedAt = this.modseq;
      }
      if (change.destroy) {
        this.#messages.delete(id);
        continue;
      }
      stored.row = patched(row, change);
      stored.changedAt = this.modseq;
      touched.add(stored.row.mailboxId);
    }
    this.#touched([...touched]);
    return { state: this.modseq, failed, mailboxes: this.mailboxes.filter((one) => touched.has(one.id)) };
  }

  #touched(mailboxIds: string[]): void {
    this.#count(mailboxIds);
    this.onChange(mailboxIds);
  }

  #count(mailboxIds: readonly string[]): void {
    const counts = new Map(mailboxIds.map((id) => [id, { total: 0, unread: 0 }]));
    for (const { row } of this.#messages.values()) {
      const count = counts.get(row.mailboxId);
      if (count === undefined) continue;
      count.total += 1;
      if (!row.isSeen) count.unread += 1;
    }
    this.mailboxes = this.mailboxes.map((one) => ({
      ...one,
      ...(counts.has(one.id) && { ...counts.get(one.id), modseq: this.modseq }),
    }));
  }
}

function stampOf(state: number, source: Source, sort: Sort): string {
  return JSON.stringify([state, source, sort]);
}

function messagesOf(list: readonly Row[]): number {
  return list.reduce((sum, { conversation }) => sum + (conversation?.members.length ?? 1), 0);
}

function isSame(a: Row | undefined, b: Row): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function patched(row: Row, change: Change): Row {
  const flags = new Set([
    ...row.keywords,
    ...(row.isSeen ? ["\\Seen"] : []),
    ...(row.isFlagged ? ["\\Flagged"] : []),
  ]);
  for (const name of change.addFlags ?? []) flags.add(name);
  for (const name of change.removeFlags ?? []) flags.delete(name);
  return {
    ...row,
    mailboxId: change.moveTo ?? row.mailboxId,
    isSeen: flags.has("\\Seen"),
    isFlagged: flags.has("\\Flagged"),
    keywords: [...flags].filter((name) => !name.startsWith("\\")),
  };
}

function matches(row: Row, word: string): boolean {
  const [operator, value] = word.includes(":") ? word.split(":", 2) : ["", word];
  if (operator === "is") return value === "unread" ? !row.isSeen : value === "starred" ? row.isFlagged : true;
  if (operator === "has") return row.hasAttachments;
  const people = `${row.from.name} ${row.from.address}`;
  if (operator === "from") return people.toLowerCase().includes(value ?? "");
  if (operator === "subject") return row.subject.toLowerCase().includes(value ?? "");
  return `${people} ${row.subject} ${row.preview}`.toLowerCase().includes(value ?? "");
}
