/**
 * One list as the server has it, and as it looks with the changes that are still on their way.
 *
 * `base` belongs to `state` and takes pages and deltas; what is shown is made from it and the change log.
 */
import type { ChangeLog } from "./changes";
import type { Delta, Page, Row, Sort, Source, Term } from "./types";
import { Windows } from "./windows";

export const PAGE = 60;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 30_000;

/** What a view must know of rows to place and to leave out; given by the store. */
export type RowSource = {
  /** The row as shown, pending changes included; null when taken away. */
  shown: (id: string) => Row | null | undefined;
  /** The row of what stays of a conversation here while the one that stood for it leaves. */
  heirOf: (id: string) => Row | undefined;
  /** Mailboxes whose messages a search does not keep: Trash and Junk. */
  isHidden: (mailboxId: string) => boolean;
};

export class View {
  readonly source: Source;
  readonly sort: Sort;
  readonly base = new Windows();
  /** How many messages all its rows stand for, as the server said last. */
  messageTotal = 0;
  /** -1 until the first page is here. */
  state = -1;
  /** Offsets of pages that were asked for. */
  readonly pending = new Set<number>();
  /** What is shown was kept on this device; the server's first page takes its place. */
  isKept = false;
  error: Error | undefined;
  /** Pages that did not come: how often in a row, and until when they are not asked for (ms). */
  readonly #missing = new Map<number, { times: number; until: number }>();
  /** Of a search: what it was understood to say. */
  terms: readonly Term[] = [];
  /** When the server last said how it stands (ms). */
  checkedAt = 0;
  #shown: { windows: Windows; version: number } | undefined;

  constructor(source: Source, sort: Sort) {
    this.source = source;
    this.sort = sort;
  }

  get isLoaded(): boolean {
    return this.state >= 0;
  }

  /** Whether the page did not come so short a time ago that who has it is better left alone. */
  isResting(offset: number): boolean {
    return Date.now() < (this.#missing.get(offset)?.until ?? 0);
  }

  /** Whether all rows of a page are here; where not, after how many ms to ask again, twice as long each time. */
  settle(offset: number): number | undefined {
    if (this.isLoaded && this.base.has(offset, offset + PAGE)) {
      this.#missing.delete(offset);
      return undefined;
    }
    const times = (this.#missing.get(offset)?.times ?? 0) + 1;
    const wait = Math.min(FIRST_REST_MS * 2 ** (times - 1), LONGEST_REST_MS);
    this.#missing.set(offset, { times, until: Date.now() + wait });
    return wait;
  }

  /** Every page may be asked for at once. */
  recover(): void {
    this.error = undefined;
    this.#missing.clear();
  }

  /** Takes a page of the same state; false when it belongs to another and must be asked again. */
  takePage(page: Page): boolean {
    if (!this.isLoaded || this.isKept) {
      this.isKept = false;
      this.base.reset(page.total);
      this.state = page.state;
    } else if (this.source.search !== undefined && page.state !== this.state) {
      // A search has no deltas: a newer answer replaces what was known.
      if (page.state < this.state) return false;
      if (page.total !== this.base.total) this.base.reset(page.total);
      this.state = page.state;
    } else if (page.state !== this.state) {
      return false;
    }
    this.terms = page.terms ?? [];
    this.messageTotal = page.messageTotal;
    this.base.fill(
      page.offset,
      page.rows.map((row) => row.id),
    );
    this.base.setTotal(page.total);
    this.checkedAt = Date.now();
    this.touch();
    return true;
  }

  /** Takes the first rows as this device kept them, unless the server's are here. */
  takeKept(page: Page): void {
    if (this.isLoaded) return;
    this.takePage(page);
    this.isKept = true;
  }

  takeDelta(delta: Delta): void {
    this.touch();
    this.checkedAt = Date.now();
    this.state = delta.state;
    this.messageTotal = delta.messageTotal;
    if (delta.isReset) {
      this.base.reset(delta.total);
      return;
    }
    const leaving = new Set([...delta.removed, ...delta.added.map(({ row }) => row.id)]);
    const unlocated = delta.removed.filter((id) => this.base.indexOf(id) < 0).length;
    this.base.remove(leaving, unlocated);
    this.base.setTotal(Math.max(0, delta.total - delta.added.length));
    for (const { index, row } of delta.added) this.base.insert(index, row.id);
    this.base.setTotal(delta.total);
  }

  /** Says that what is shown must be made anew. */
  touch(): void {
    this.#shown = undefined;
  }

  /** The list as shown at this version of the log. */
  shown(log: ChangeLog, version: number, rows: RowSource): Windows {
    if (this.#shown?.version !== version) this.#shown = { version, windows: this.#compose(log, rows) };
    return this.#shown.windows;
  }

  /** Those that are not shown: what was taken away may be on its way back. */
  missing(ids: readonly string[], log: ChangeLog, rows: RowSource): string[] {
    const windows = this.#compose(log, rows);
    return ids.filter((id) => windows.indexOf(id) < 0);
  }

  #compose(log: ChangeLog, rows: RowSource): Windows {
    const entries = log.entries.filter(
      (entry) => entry.confirmedAt === undefined || entry.confirmedAt > this.state,
    );
    if (entries.length === 0) return this.base;
    const leaving = new Set<string>();
    const entering: Row[] = [];
    const heirs = new Map<string, Row>();
    for (const id of new Set(entries.flatMap((entry) => entry.change.ids))) {
      const row = rows.shown(id);
      if (row === undefined) continue;
      const isHere = this.base.indexOf(id) >= 0;
      const belongs = row !== null && this.#belongs(row, rows);
      if (isHere && !belongs) {
        leaving.add(id);
        const heir = this.source.byConversation ? rows.heirOf(id) : undefined;
        if (heir !== undefined) heirs.set(id, heir);
      } else if (!isHere && belongs && this.#isByDate) entering.push(row);
    }
    if (leaving.size === 0 && entering.length === 0) return this.base;
    const windows = this.base.clone();
    if (this.#isByDate) entering.unshift(...heirs.values());
    else for (const [id, heir] of heirs) windows.replace(id, heir.id);
    windows.remove(leaving);
    for (const row of this.source.byConversation ? newestOfEach(entering, windows, rows) : entering) {
      const index = placeOf(row, windows, this.sort, rows);
      if (index !== null) windows.insert(index, row.id);
    }
    return windows;
  }

  /** Where a row stands in any other list is for the server to say. */
  get #isByDate(): boolean {
    const { search, filter } = this.source;
    return (
      search === undefined && filter === undefined && (this.sort === "DATE_DESC" || this.sort === "DATE_ASC")
    );
  }

  #belongs(row: Row, rows: RowSource): boolean {
    if (this.source.search === undefined) return row.mailboxId === this.source.mailboxId;
    if (this.source.mailboxId !== undefined) return row.mailboxId === this.source.mailboxId;
    return !rows.isHidden(row.mailboxId);
  }
}

/** One row for each conversation that the list does not show already. */
function newestOfEach(entering: readonly Row[], windows: Windows, rows: RowSource): Row[] {
  const there = new Set<string>();
  for (const [, id] of windows.known()) there.add(rows.shown(id)?.threadId ?? "");
  const newest = new Map<string, Row>();
  for (const row of entering) {
    if (there.has(row.threadId)) continue;
    const other = newest.get(row.threadId);
    if (other === undefined || other.receivedAt < row.receivedAt) newest.set(row.threadId, row);
  }
  return [...newest.values()];
}

/** Where a row belongs in a sorted list, as far as that can be told from the known parts; else null. */
function placeOf(row: Row, windows: Windows, sort: Sort, rows: RowSource): number | null {
  const sign = sort === "DATE_DESC" ? 1 : -1;
  let end = 0;
  for (const [index, id] of windows.known()) {
    const other = rows.shown(id);
    if (other === null || other === undefined) continue;
    end = index + 1;
    if (sign * other.receivedAt.localeCompare(row.receivedAt) > 0) continue;
    return index === 0 || windows.get(index - 1) !== undefined ? index : null;
  }
  return end === windows.total ? end : null;
}
