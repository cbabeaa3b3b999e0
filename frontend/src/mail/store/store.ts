/**
 * All mail this page knows: mailboxes, rows, lists and bodies; and every act on messages.
 *
 * Reads are synchronous and stable between changes (made for useSyncExternalStore). An act is seen at once
 * everywhere, then sent, one after the other; what the server refuses is put back. The server's own news
 * comes as deltas of the lists on screen.
 */
import { Bodies } from "./bodies";
import { ChangeLog, effective, inverseOf, type Pending } from "./changes";
import { type Counts, countsOf } from "./counts";
import { Mailboxes } from "./mailboxes";
import { Rows } from "./rows";
import type { Change, Mailbox, MailServer, Page, Row, Sort, Source } from "./types";
import { UndoHistory, type UndoStep } from "./undo";
import { type ViewSnapshot, Views } from "./views";

export type Refusal = { label: string; message: string; count: number };
type Sent = { entry: Pending; counts: Counts };
const BATCH = 500;
const LOG_LIMIT = 64;

export class MailStore {
  readonly bodies: Bodies;
  readonly undoHistory = new UndoHistory();
  onRefused: (refusal: Refusal) => void = () => undefined;
  /** Messages have left a list that is on screen, whoever did it. */
  onLeft: (ids: readonly string[]) => void = () => undefined;

  readonly #server: MailServer;
  readonly #listeners = new Set<() => void>();
  readonly #log = new ChangeLog();
  readonly #rows = new Rows(this.#log);
  readonly #mailboxes: Mailboxes;
  readonly #views: Views;
  readonly #sent: Sent[] = [];
  #version = 0;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(server: MailServer) {
    this.#server = server;
    this.#mailboxes = new Mailboxes(server.mailboxes);
    this.#views = new Views({
      server,
      rows: this.#rows,
      log: this.#log,
      isHidden: (mailboxId) => {
        const use = this.#mailboxes.base(mailboxId)?.specialUse;
        return use === "TRASH" || use === "JUNK";
      },
      takeMailboxes: (mailboxes) => this.#takeMailboxes(mailboxes),
      settle: () => this.#settleLog(),
      changed: () => this.#changed(),
      left: (ids) => this.onLeft(ids),
    });
    this.bodies = new Bodies(server, ({ row }) => {
      this.#rows.takeMissing(row);
      this.#notify();
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // Mailboxes

  mailboxes = (): readonly Mailbox[] | undefined =>
    this.#mailboxes.shown(this.#version, () =>
      this.#sent.filter(({ entry }) => this.#log.entries.includes(entry)),
    );

  mailbox(id: string): Mailbox | undefined {
    return this.mailboxes()?.find((one) => one.id === id);
  }

  bySpecialUse(use: NonNullable<Mailbox["specialUse"]>): Mailbox | undefined {
    return this.mailboxes()?.find((one) => one.specialUse === use);
  }

  /** Asks for the mailboxes. */
  loadMailboxes(): Promise<readonly Mailbox[]> {
    return this.#mailboxes.load(() => this.#changed());
  }

  /** Takes the whole list. */
  takeMailboxList(mailboxes: readonly Mailbox[]): void {
    this.#mailboxes.takeList(mailboxes);
    this.#changed();
  }

  #takeMailboxes(mailboxes: readonly Mailbox[], { made = false } = {}): void {
    if (this.#mailboxes.take(mailboxes, { made })) this.#changed();
  }

  // Rows and lists

  /** The row as shown; undefined when unknown or taken away. */
  row = (id: string): Row | undefined => this.#rows.shown(id) ?? undefined;

  /** Whose row stands for this message in a list of conversations, or itself. */
  standing(id: string): string {
    return this.#rows.standing(id);
  }

  /** Its row, or the one that stands for it: of a conversation that is all that may be known. */
  rowFor(id: string): Row | undefined {
    return this.row(id) ?? this.row(this.standing(id));
  }

  /** The messages that stand behind the same row of a list of conversations as this one, itself among them. */
  members(id: string): readonly string[] {
    return this.#rows.members(id);
  }

  view = (source: Source, sort: Sort): ViewSnapshot => this.#views.snapshot(source, sort, this.#version);

  /** Keeps a list current while it is on screen. */
  watch(source: Source, sort: Sort): () => void {
    return this.#views.watch(source, sort);
  }

  /** Sees to it that the rows of [from, to) come, in pages. */
  need(source: Source, sort: Sort, from: number, to: number): void {
    this.#views.need(source, sort, from, to);
  }

  /** Takes a page of a list that nothing is known of yet, or only what this device kept. */
  takePage(source: Source, sort: Sort, page: Page): void {
    this.#views.takePage(source, sort, page);
    this.#changed();
  }

  /** Shows a page that this device kept until the server's comes, or `endKept` says that it will not. */
  takeKept(source: Source, sort: Sort, page: Page): void {
    this.#views.takeKept(source, sort, page);
    this.#changed();
  }

  endKept(): void {
    this.#views.endKept();
    this.#changed();
  }

  /** Asks again after a failure. */
  retry(source: Source, sort: Sort): void {
    this.#views.retry(source, sort);
    this.#changed();
  }

  // Acts

  /** Does something to messages, at once here and then on the server. Undefined when nothing would change. */
  act(label: string, changes: readonly Change[], { isRecorded = true } = {}): UndoStep | undefined {
    const inverse: Change[] = [];
    let didAnything = false;
    for (const wanted of changes) {
      const before = this.#rows.shownOf(wanted.ids);
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
    if (step?.run !== undefined) step.run();
    else if (step !== undefined) this.act(step.label, step.inverse, { isRecorded: false });
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
    this.#server.remember?.(change);
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
    // The mailbox for what is snoozed may have been made only now.
    const snoozed = mailboxes.find((one) => one.specialUse === "SNOOZED");
    if (entry.change.snoozeUntil !== undefined && snoozed !== undefined)
      entry.change = { ...entry.change, moveTo: snoozed.id };
    this.#log.confirm(entry, state);
    this.#views.note(state);
    this.#rows.confirm(entry.change, state);
    for (const { id } of mailboxes) counts.delete(id);
    this.#takeMailboxes(mailboxes, { made: true });
    this.#logChanged();
    this.#views.refreshWatched(state, (source) => source.search === undefined);
  }

  // News from the server

  /** Something changed up to `state`, in these mailboxes; all there are where `isWhole`. */
  async takeNews(
    state: number,
    mailboxIds: readonly string[],
    mailboxes: readonly Mailbox[],
    isWhole = false,
  ): Promise<void> {
    const number = isWhole ? this.#mailboxes.begin() : 0;
    this.#views.note(state);
    if (mailboxIds.length > 0) this.#noteNews();
    // An answer on its way says the same; after it, what it did is not news any more.
    await this.#sending;
    if (isWhole) {
      this.#mailboxes.takeList(mailboxes, number);
      this.#changed();
    } else this.#takeMailboxes(mailboxes);
    this.#views.refreshWatched(
      state,
      ({ mailboxId, search }) => search !== undefined || mailboxIds.includes(mailboxId),
    );
  }

  /** Events may have been missed: asks what changed in all that is on screen. Gives back what went wrong. */
  catchUp(): Promise<Error | undefined> {
    this.#noteNews();
    return this.#views.catchUp(this.loadMailboxes());
  }

  /** Forgets everything: somebody signed out. */
  clear(): void {
    this.#rows.clear();
    this.#views.clear();
    this.bodies.forgetWhere(() => true);
    this.#mailboxes.takeList(undefined);
    this.#changed();
  }

  // Inside

  /** Drops from the log what every list shows by itself; lists nobody looks at do not hold it up for long. */
  #settleLog(): void {
    if (this.#log.entries.length > LOG_LIMIT) this.#views.forgetIdle();
    this.#log.settle(this.#views.settledState());
    const open = new Set(this.#log.entries);
    for (let at = this.#sent.length - 1; at >= 0; at -= 1) {
      const sent = this.#sent[at];
      if (sent !== undefined && !open.has(sent.entry)) this.#sent.splice(at, 1);
    }
  }

  #noteNews(): void {
    this.bodies.noteNews();
    this.#notify();
  }

  #logChanged(): void {
    this.#rows.logChanged();
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
