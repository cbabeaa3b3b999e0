/**
 * All mail this page knows: mailboxes, rows, lists and bodies; and every act on messages.
 *
 * Reads are synchronous and stable between changes (made for useSyncExternalStore). An act is seen at once
 * everywhere, then sent, one after the other; what the server refuses is put back. The server's own news
 * comes as deltas of the lists on screen.
 */
import { Bodies } from "./bodies";
import { ChangeLog, effective, inverseOf, type Pending, patchRow } from "./changes";
import { applyCounts, type Counts, countsOf } from "./counts";
import type { Change, Mailbox, MailServer, Page, Row, Sort, Source } from "./types";
import { UndoHistory, type UndoStep } from "./undo";
import { PAGE, type RowSource, View } from "./view";
import type { Windows } from "./windows";

/** A list as components read it; a new object whenever anything in it changed. */
export type ViewSnapshot = {
  total: number;
  isLoaded: boolean;
  error: Error | undefined;
  idAt: (index: number) => string | undefined;
  rowAt: (index: number) => Row | undefined;
  indexOf: (id: string) => number;
};

export type Refusal = { label: string; message: string; count: number };
type Sent = { entry: Pending; counts: Counts };
const BATCH = 500;
const LOG_LIMIT = 64;
const IDLE_VIEWS = 24;
/** A list checked so recently is shown again without asking, unless there was news. */
const FRESH_MS = 30_000;

export class MailStore {
  readonly bodies: Bodies;
  readonly undoHistory = new UndoHistory();
  onRefused: (refusal: Refusal) => void = () => undefined;

  readonly #server: MailServer;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new Map<string, { row: Row; state: number }>();
  readonly #shownRows = new Map<string, { base: Row; version: number; row: Row | null }>();
  readonly #views = new Map<string, View>();
  readonly #watched = new Map<string, number>();
  readonly #snapshots = new Map<string, { key: string; snapshot: ViewSnapshot }>();
  readonly #refreshing = new Map<View, { again: boolean; done: Promise<void> }>();
  readonly #log = new ChangeLog();
  readonly #sent: Sent[] = [];
  #mailboxes: Mailbox[] | undefined;
  #loadingMailboxes: Promise<readonly Mailbox[]> | undefined;
  #shownMailboxes: { version: number; list: readonly Mailbox[] | undefined } = {
    version: -1,
    list: undefined,
  };
  #version = 0;
  #logVersion = 0;
  #lastState = 0;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(server: MailServer) {
    this.#server = server;
    this.bodies = new Bodies(server.message, ({ id, row }) => {
      if (!this.#rows.has(id)) this.#rows.set(id, { row, state: 0 });
      this.#notify();
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // Mailboxes

  mailboxes = (): readonly Mailbox[] | undefined => {
    if (this.#shownMailboxes.version !== this.#version) {
      const pending = this.#sent.filter(({ entry }) => this.#log.entries.includes(entry));
      const list = this.#mailboxes && applyCounts(this.#mailboxes, pending);
      this.#shownMailboxes = { version: this.#version, list };
    }
    return this.#shownMailboxes.list;
  };

  mailbox(id: string): Mailbox | undefined {
    return this.mailboxes()?.find((one) => one.id === id);
  }

  bySpecialUse(use: NonNullable<Mailbox["specialUse"]>): Mailbox | undefined {
    return this.mailboxes()?.find((one) => one.specialUse === use);
  }

  /** Asks for the mailboxes; who asks while the answer is on its way gets the same. */
  loadMailboxes(): Promise<readonly Mailbox[]> {
    this.#loadingMailboxes ??= this.#server
      .mailboxes()
      .then((mailboxes) => {
        this.takeMailboxList(mailboxes);
        return mailboxes;
      })
      .finally(() => {
        this.#loadingMailboxes = undefined;
      });
    return this.#loadingMailboxes;
  }

  /** Takes the whole list. */
  takeMailboxList(mailboxes: readonly Mailbox[]): void {
    this.#mailboxes = [...mailboxes];
    this.#changed();
  }

  /** Takes newer mailboxes into the list; those it does not know are added. */
  takeMailboxes(mailboxes: readonly Mailbox[]): void {
    if (this.#mailboxes === undefined || mailboxes.length === 0) return;
    const newer = new Map(mailboxes.map((one) => [one.id, one]));
    const known = this.#mailboxes.map((one) => {
      const next = newer.get(one.id);
      newer.delete(one.id);
      return next !== undefined && next.modseq >= one.modseq ? next : one;
    });
    this.#mailboxes = [...known, ...newer.values()];
    this.#changed();
  }

  // Rows and lists

  /** The row as shown; undefined when unknown or taken away. */
  row = (id: string): Row | undefined => this.#shownRow(id) ?? undefined;

  view = (source: Source, sort: Sort): ViewSnapshot => {
    const key = keyOf(source, sort);
    const view = this.#view(source, sort);
    const stamp = `${this.#version}`;
    const kept = this.#snapshots.get(key);
    if (kept?.key === stamp) return kept.snapshot;
    const windows = view.shown(this.#log, this.#version, this.#rowSource);
    const snapshot: ViewSnapshot = {
      total: windows.total,
      isLoaded: view.isLoaded,
      error: view.error,
      idAt: (index) => windows.get(index),
      rowAt: (index) => this.#rowIn(windows, index),
      indexOf: (id) => windows.indexOf(id),
    };
    this.#snapshots.set(key, { key: stamp, snapshot });
    return snapshot;
  };

  /** Keeps a list current while it is on screen. */
  watch(source: Source, sort: Sort): () => void {
    const key = keyOf(source, sort);
    const view = this.#view(source, sort);
    this.#watched.set(key, (this.#watched.get(key) ?? 0) + 1);
    const isOld = view.state < this.#lastState || Date.now() - view.checkedAt > FRESH_MS;
    if (view.isLoaded && isOld) void this.#refresh(view);
    return () => {
      const count = (this.#watched.get(key) ?? 1) - 1;
      if (count > 0) this.#watched.set(key, count);
      else this.#watched.delete(key);
    };
  }

  /** Sees to it that the rows of [from, to) come, in pages. */
  need(source: Source, sort: Sort, from: number, to: number): void {
    const view = this.#view(source, sort);
    const slack = this.#log.entries.reduce((sum, entry) => sum + entry.change.ids.length, 0);
    const last = view.isLoaded ? Math.min(to + slack, view.base.total) : Math.max(to, 1);
    for (let offset = Math.floor(Math.max(0, from) / PAGE) * PAGE; offset < last; offset += PAGE) {
      if (view.isLoaded && view.base.has(Math.max(offset, from), Math.min(offset + PAGE, last))) continue;
      if (!view.pending.has(offset)) void this.#fetchPage(view, offset);
      if (!view.isLoaded) break;
    }
  }

  /** Takes a page of a list that nothing is known of yet. */
  takePage(source: Source, sort: Sort, page: Page): void {
    this.#view(source, sort).takePage(page);
    this.#takeRows(page.rows, page.state);
    this.#changed();
  }

  /** Asks again after a failure. */
  retry(source: Source, sort: Sort): void {
    const view = this.#view(source, sort);
    view.error = undefined;
    this.need(source, sort, 0, 1);
    this.#changed();
  }

  // Acts

  /** Does something to messages, at once here and then on the server. Undefined when nothing would change. */
  act(label: string, changes: readonly Change[], { isRecorded = true } = {}): UndoStep | undefined {
    const inverse: Change[] = [];
    let didAnything = false;
    for (const wanted of changes) {
      const before = this.#shownRowsOf(wanted.ids);
      const change = effective(wanted, before);
      if (change === null) continue;
      didAnything = true;
      inverse.push(
        ...inverseOf(
          change,
          change.ids.flatMap((id) => before.get(id) ?? []),
        ),
      );
      for (let at = 0; at < change.ids.length; at += BATCH) {
        this.#send(label, { ...change, ids: change.ids.slice(at, at + BATCH) }, before);
      }
    }
    if (!didAnything) return undefined;
    this.#logChanged();
    return isRecorded ? this.undoHistory.push(label, inverse.reverse(), Date.now()) : undefined;
  }

  /** Takes back an act: the given one, or the newest. */
  undo(id?: number): UndoStep | undefined {
    const step = this.undoHistory.take(id);
    if (step !== undefined) this.act(step.label, step.inverse, { isRecorded: false });
    return step;
  }

  /** Resolves when every act so far was answered. */
  settled(): Promise<unknown> {
    return this.#sending;
  }

  #send(label: string, change: Change, before: ReadonlyMap<string, Row>): void {
    const entry = this.#log.add(change);
    const counts = countsOf(change, before);
    this.#sent.push({ entry, counts });
    this.#sending = this.#sending.then(() => this.#deliver(label, entry, counts));
  }

  async #deliver(label: string, entry: Pending, counts: Counts): Promise<void> {
    const { change } = entry;
    try {
      const result = await this.#server.update(change);
      const failed = new Map(result.failed.map((one) => [one.id, one.message]));
      if (failed.size > 0) {
        this.#log.refuse(entry, new Set(failed.keys()));
        const message = [...failed.values()][0] ?? "";
        this.onRefused({ label, message, count: failed.size });
      }
      this.#confirm(entry, counts, result.state, result.mailboxes);
    } catch (error) {
      this.#log.refuse(entry);
      this.onRefused({
        label,
        message: error instanceof Error ? error.message : String(error),
        count: change.ids.length,
      });
    }
    this.#logChanged();
  }

  #confirm(entry: Pending, counts: Counts, state: number, mailboxes: readonly Mailbox[]): void {
    this.#log.confirm(entry, state);
    this.#lastState = Math.max(this.#lastState, state);
    for (const id of entry.change.ids) {
      const known = this.#rows.get(id);
      const next = known === undefined || known.state >= state ? null : patchRow(known.row, entry.change);
      if (next !== null) this.#rows.set(id, { row: next, state });
    }
    for (const { id } of mailboxes) counts.delete(id);
    this.takeMailboxes(mailboxes);
    this.#logChanged();
    for (const view of this.#watchedViews()) {
      if (view.source.search === undefined && view.state < state) void this.#refresh(view);
    }
  }

  // News from the server

  /** Something changed up to `state`, in these mailboxes. */
  async takeNews(state: number, mailboxIds: readonly string[], mailboxes: readonly Mailbox[]): Promise<void> {
    this.#lastState = Math.max(this.#lastState, state);
    // An answer on its way says the same; after it, what it did is not news any more.
    await this.#sending;
    this.takeMailboxes(mailboxes);
    for (const view of this.#watchedViews()) {
      const { mailboxId, search } = view.source;
      const isTouched = search !== undefined || mailboxIds.includes(mailboxId);
      if (isTouched && view.state < state) void this.#refresh(view);
    }
  }

  /** Events may have been missed: asks what changed in all that is on screen. */
  async catchUp(): Promise<void> {
    this.#lastState = Number.POSITIVE_INFINITY;
    const views = this.#watchedViews();
    await Promise.allSettled([this.loadMailboxes(), ...views.map((view) => this.#refresh(view))]);
    this.#lastState = Math.max(0, ...[...this.#views.values()].map((view) => view.state));
  }

  /** Forgets everything: somebody signed out. */
  clear(): void {
    this.#rows.clear();
    this.#shownRows.clear();
    this.#views.clear();
    this.#snapshots.clear();
    this.bodies.forgetWhere(() => true);
    this.#mailboxes = undefined;
    this.#changed();
  }

  #refresh(view: View): Promise<void> {
    const running = this.#refreshing.get(view);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = (async () => {
      do {
        entry.again = false;
        await (view.source.search === undefined
          ? this.#refreshMailbox(view, view.source.mailboxId)
          : this.#refreshSearch(view));
      } while (entry.again && view.state < this.#lastState);
    })()
      .catch((error: unknown) => {
        if (!view.isLoaded) view.error = asError(error);
      })
      .finally(() => {
        this.#refreshing.delete(view);
        this.#changed();
      });
    this.#refreshing.set(view, entry);
    return entry.done;
  }

  async #refreshMailbox(view: View, mailboxId: string): Promise<void> {
    if (!view.isLoaded) return;
    const delta = await this.#server.changes(mailboxId, view.state, view.sort);
    if (delta.state < view.state) return;
    this.#takeRows([...delta.updated, ...delta.added.map(({ row }) => row)], delta.state);
    view.takeDelta(delta);
    this.takeMailboxes(delta.mailboxes);
    this.#settleLog();
    this.#changed();
  }

  async #refreshSearch(view: View): Promise<void> {
    const page = await this.#server.page(view.source, view.sort, 0, PAGE);
    this.#takeRows(page.rows, page.state);
    view.takePage(page);
    this.#settleLog();
  }

  async #fetchPage(view: View, offset: number): Promise<void> {
    view.pending.add(offset);
    try {
      let page: Page = await this.#server.page(view.source, view.sort, offset, PAGE);
      // A page of another state than the list must not be put into it: bring the list there, or read again.
      for (let attempt = 0; attempt < 4; attempt += 1) {
        if (view.isLoaded && page.state > view.state && view.source.search === undefined)
          await this.#refresh(view);
        if (view.takePage(page)) break;
        page = await this.#server.page(view.source, view.sort, offset, PAGE);
      }
      view.error = undefined;
      this.#takeRows(page.rows, page.state);
    } catch (error) {
      view.error = asError(error);
    } finally {
      view.pending.delete(offset);
      this.#changed();
    }
  }

  // Inside

  #takeRows(rows: readonly Row[], state: number): void {
    for (const row of rows) {
      const known = this.#rows.get(row.id);
      if (known === undefined || known.state <= state) this.#rows.set(row.id, { row, state });
    }
  }

  /** Drops from the log what every list shows by itself; lists nobody looks at do not hold it up for long. */
  #settleLog(): void {
    if (this.#log.entries.length > LOG_LIMIT) {
      for (const key of this.#views.keys()) if (!this.#watched.has(key)) this.#views.delete(key);
    }
    const loaded = [...this.#views.values()].filter((view) => view.isLoaded);
    this.#log.settle(Math.min(...loaded.map((view) => view.state)));
    const open = new Set(this.#log.entries);
    for (let at = this.#sent.length - 1; at >= 0; at -= 1) {
      const sent = this.#sent[at];
      if (sent !== undefined && !open.has(sent.entry)) this.#sent.splice(at, 1);
    }
  }

  #shownRow(id: string): Row | null | undefined {
    const known = this.#rows.get(id);
    if (known === undefined) return undefined;
    const kept = this.#shownRows.get(id);
    if (kept?.base === known.row && kept.version === this.#logVersion) return kept.row;
    const row = this.#log.entries.length === 0 ? known.row : this.#log.apply(known.row, known.state);
    this.#shownRows.set(id, { base: known.row, version: this.#logVersion, row });
    return row;
  }

  #shownRowsOf(ids: readonly string[]): Map<string, Row> {
    return new Map(
      ids.flatMap((id) => {
        const row = this.#shownRow(id);
        return row === null || row === undefined ? [] : [[id, row] as const];
      }),
    );
  }

  #rowIn(windows: Windows, index: number): Row | undefined {
    const id = windows.get(index);
    return id === undefined ? undefined : (this.#shownRow(id) ?? undefined);
  }

  readonly #rowSource: RowSource = {
    shown: (id) => this.#shownRow(id),
    isHidden: (mailboxId) => {
      const use = this.#mailboxes?.find((one) => one.id === mailboxId)?.specialUse;
      return use === "TRASH" || use === "JUNK";
    },
  };

  #view(source: Source, sort: Sort): View {
    const key = keyOf(source, sort);
    let view = this.#views.get(key);
    if (view === undefined) {
      view = new View(source, sort);
      this.#views.set(key, view);
      this.#forgetOldViews();
    }
    return view;
  }

  /** Searches as one types leave a list each; only the newest of those nobody looks at are kept. */
  #forgetOldViews(): void {
    const idle = [...this.#views.keys()].filter((key) => !this.#watched.has(key));
    for (const key of idle.slice(0, Math.max(0, idle.length - IDLE_VIEWS))) {
      this.#views.delete(key);
      this.#snapshots.delete(key);
    }
  }

  #watchedViews(): View[] {
    return [...this.#watched.keys()].flatMap((key) => this.#views.get(key) ?? []);
  }

  #logChanged(): void {
    this.#logVersion += 1;
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function keyOf(source: Source, sort: Sort): string {
  return JSON.stringify([source.mailboxId, source.search, sort]);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
