/**
 * The lists of this page: pages as they are needed, deltas for those on screen, snapshots for components.
 *
 * What is asked of the server is asked once; a page that belongs to another state than its list is never put
 * into it.
 */
import type { ChangeLog } from "./changes";
import type { Rows } from "./rows";
import type { Mailbox, MailServer, Page, Row, Sort, Source, Term } from "./types";
import { PAGE, type RowSource, View } from "./view";
import type { Windows } from "./windows";

/** A list as components read it; a new object whenever anything in it changed. */
export type ViewSnapshot = {
  total: number;
  /** How many messages its rows stand for. */
  messageTotal: number;
  isLoaded: boolean;
  /** The rows are those this device kept; the server has not answered yet. */
  isKept: boolean;
  error: Error | undefined;
  terms: readonly Term[];
  idAt: (index: number) => string | undefined;
  rowAt: (index: number) => Row | undefined;
  indexOf: (id: string) => number;
};

/** What lists need of the store that holds them. */
export type ViewsHost = {
  server: MailServer;
  rows: Rows;
  log: ChangeLog;
  isHidden: (mailboxId: string) => boolean;
  takeMailboxes: (mailboxes: readonly Mailbox[]) => void;
  /** A list moved on: changes that all of them show by themselves can be forgotten. */
  settle: () => void;
  changed: () => void;
  /** These are no longer in a list that is on screen. */
  left: (ids: readonly string[]) => void;
};

const IDLE_VIEWS = 24;
/** A list checked so recently is shown again without asking, unless there was news. */
const FRESH_MS = 30_000;

/** `again`: more was noted while it went on. */
type Refreshing = { again: boolean; done: Promise<Error | undefined> };

export class Views {
  readonly #host: ViewsHost;
  readonly #rowSource: RowSource;
  readonly #views = new Map<string, View>();
  readonly #watched = new Map<string, number>();
  readonly #snapshots = new Map<string, { version: number; snapshot: ViewSnapshot }>();
  readonly #refreshing = new Map<View, Refreshing>();
  #lastState = 0;

  constructor(host: ViewsHost) {
    this.#host = host;
    this.#rowSource = { shown: host.rows.shown, heirOf: host.rows.heirOf, isHidden: host.isHidden };
  }

  snapshot(source: Source, sort: Sort, version: number): ViewSnapshot {
    const key = keyOf(source, sort);
    const view = this.#view(source, sort);
    const kept = this.#snapshots.get(key);
    if (kept?.version === version) return kept.snapshot;
    const windows = view.shown(this.#host.log, version, this.#rowSource);
    const snapshot: ViewSnapshot = {
      total: windows.total,
      messageTotal: source.byConversation ? view.messageTotal : windows.total,
      isLoaded: view.isLoaded,
      isKept: view.isKept,
      error: view.error,
      terms: view.terms,
      idAt: (index) => windows.get(index),
      rowAt: (index) => this.#rowIn(windows, index),
      indexOf: (id) => {
        const index = windows.indexOf(id);
        return index >= 0 || !source.byConversation ? index : windows.indexOf(this.#host.rows.standing(id));
      },
    };
    this.#snapshots.set(key, { version, snapshot });
    return snapshot;
  }

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
    if (view.isKept) return; // The answer is on its way.
    const slack = this.#host.log.entries.reduce((sum, entry) => sum + entry.change.ids.length, 0);
    const last = view.isLoaded ? Math.min(to + slack, view.base.total) : Math.max(to, 1);
    for (let offset = Math.floor(Math.max(0, from) / PAGE) * PAGE; offset < last; offset += PAGE) {
      if (view.isLoaded && view.base.has(Math.max(offset, from), Math.min(offset + PAGE, last))) continue;
      if (!view.pending.has(offset) && !view.isResting(offset)) void this.#fetchPage(view, offset);
      if (!view.isLoaded) break;
    }
  }

  /** Takes a page of a list that nothing is known of yet, or only what this device kept. */
  takePage(source: Source, sort: Sort, page: Page): void {
    const view = this.#view(source, sort);
    view.takePage(page);
    this.#host.rows.take(page.rows, page.state);
    // Something was done meanwhile.
    if (view.state < this.#lastState && this.#watched.has(keyOf(source, sort))) void this.#refresh(view);
  }

  /** Shows a page that this device kept until the server's comes. */
  takeKept(source: Source, sort: Sort, page: Page): void {
    this.#view(source, sort).takeKept(page);
    this.#host.rows.take(page.rows, page.state);
  }

  /** The server's page did not come: what was kept is a list like others, and is asked for where it ends. */
  endKept(): void {
    for (const view of this.#views.values()) view.isKept = false;
  }

  /** Forgets that a list failed and asks again. */
  retry(source: Source, sort: Sort): void {
    this.#view(source, sort).recover();
    this.need(source, sort, 0, 1);
  }

  /** The server is at this state at least. */
  note(state: number): void {
    this.#lastState = Math.max(this.#lastState, state);
  }

  /** Asks what changed in the lists on screen that are behind this state and of which the condition holds. */
  refreshWatched(state: number, isMeant: (source: Source) => boolean): void {
    for (const view of this.#watchedViews()) {
      if (view.state < state && isMeant(view.source)) void this.#refresh(view);
    }
  }

  /**
   * Events may have been missed: asks what changed in all that is on screen; `also` is awaited too. Gives back
   * the first of what went wrong.
   */
  async catchUp(also: Promise<unknown>): Promise<Error | undefined> {
    this.#lastState = Number.POSITIVE_INFINITY;
    for (const view of this.#watchedViews()) view.recover();
    const failures = await Promise.all([
      also.then(() => undefined, asError),
      ...this.#watchedViews().map((view) => this.#refresh(view)),
    ]);
    this.#lastState = Math.max(0, ...[...this.#views.values()].map((view) => view.state));
    return failures.find((failure) => failure !== undefined);
  }

  /** The state that every loaded list has reached. */
  settledState(): number {
    const loaded = [...this.#views.values()].filter((view) => view.isLoaded);
    return Math.min(...loaded.map((view) => view.state));
  }

  /** Forgets the lists that nobody looks at. */
  forgetIdle(): void {
    for (const key of this.#views.keys()) if (!this.#watched.has(key)) this.#views.delete(key);
  }

  clear(): void {
    this.#views.clear();
    this.#snapshots.clear();
  }

  /** Gives back why it could not. */
  #refresh(view: View): Promise<Error | undefined> {
    const running = this.#refreshing.get(view);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const entry: Refreshing = { again: false, done: Promise.resolve(undefined) };
    entry.done = (async () => {
      do {
        entry.again = false;
        await (view.source.search === undefined
          ? this.#refreshMailbox(view, view.source)
          : this.#refreshSearch(view));
      } while (entry.again && view.state < this.#lastState);
      return undefined;
    })()
      .catch((error: unknown) => {
        const failure = asError(error);
        if (!view.isLoaded) view.error = failure;
        return failure;
      })
      .finally(() => {
        this.#refreshing.delete(view);
        this.#host.changed();
      });
    this.#refreshing.set(view, entry);
    return entry.done;
  }

  async #refreshMailbox(view: View, source: Source & { mailboxId: string }): Promise<void> {
    if (!view.isLoaded || view.isKept) return;
    const delta = await this.#host.server.changes(source, view.state, view.sort);
    if (delta.state < view.state) return;
    this.#host.rows.take([...delta.updated, ...delta.added.map(({ row }) => row)], delta.state);
    view.takeDelta(delta);
    if (this.#watched.has(keyOf(view.source, view.sort)))
      this.#host.left(view.missing(delta.removed, this.#host.log, this.#rowSource));
    this.#host.takeMailboxes(delta.mailboxes);
    this.#host.settle();
    this.#host.changed();
  }

  async #refreshSearch(view: View): Promise<void> {
    const page = await this.#host.server.page(view.source, view.sort, 0, PAGE);
    this.#host.rows.take(page.rows, page.state);
    view.takePage(page);
    this.#host.settle();
  }

  async #fetchPage(view: View, offset: number): Promise<void> {
    view.pending.add(offset);
    const ask = () => this.#host.server.page(view.source, view.sort, offset, PAGE);
    try {
      let page: Page = await ask();
      // A page of another state than the list must not be put into it: bring the list there, or read again.
      for (let attempt = 0; attempt < 4; attempt += 1) {
        this.note(page.state); // A delta that is on its way may be older still.
        if (view.isLoaded && page.state > view.state && view.source.search === undefined)
          await this.#refresh(view);
        if (view.takePage(page)) break;
        const newer = await ask();
        if (newer.state === page.state) break; // Such as what this device keeps.
        page = newer;
      }
      view.error = undefined;
      this.#host.rows.take(page.rows, page.state);
    } catch (error) {
      view.error = asError(error);
    } finally {
      // It failed, or without a connection this device has not all of it. Who looks at it asks again when it
      // is told that something changed.
      const rest = view.settle(offset);
      if (rest !== undefined) setTimeout(this.#host.changed, rest);
      view.pending.delete(offset);
      this.#host.changed();
    }
  }

  #rowIn(windows: Windows, index: number): Row | undefined {
    const id = windows.get(index);
    return id === undefined ? undefined : (this.#host.rows.shown(id) ?? undefined);
  }

  #view(source: Source, sort: Sort): View {
    const key = keyOf(source, sort);
    let view = this.#views.get(key);
    if (view === undefined) {
      view = new View(source, sort);
      this.#views.set(key, view);
      this.#forgetOldest();
    }
    return view;
  }

  /** Searches as one types leave a list each; only the newest of those nobody looks at are kept. */
  #forgetOldest(): void {
    const idle = [...this.#views.keys()].filter((key) => !this.#watched.has(key));
    for (const key of idle.slice(0, Math.max(0, idle.length - IDLE_VIEWS))) {
      this.#views.delete(key);
      this.#snapshots.delete(key);
    }
  }

  #watchedViews(): View[] {
    return [...this.#watched.keys()].flatMap((key) => this.#views.get(key) ?? []);
  }
}

function keyOf(source: Source, sort: Sort): string {
  return JSON.stringify([source.mailboxId, source.search, source.filter, source.byConversation, sort]);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
