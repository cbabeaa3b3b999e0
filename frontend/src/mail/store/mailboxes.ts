/** The mailboxes: the server's list, and as it is shown with the numbers of pending changes on it. */

import type { Pending } from "./changes";
import { applyCounts, type Counts } from "./counts";
import type { Mailbox } from "./types";

export class Mailboxes {
  readonly #load: () => Promise<readonly Mailbox[]>;
  #list: Mailbox[] | undefined;
  #loading: Promise<readonly Mailbox[]> | undefined;
  #shown: { version: number; list: readonly Mailbox[] | undefined } = { version: -1, list: undefined };

  constructor(load: () => Promise<readonly Mailbox[]>) {
    this.#load = load;
  }

  /** As shown at this version of the store. */
  shown(
    version: number,
    pending: () => readonly { entry: Pending; counts: Counts }[],
  ): readonly Mailbox[] | undefined {
    if (this.#shown.version !== version) {
      this.#shown = { version, list: this.#list && applyCounts(this.#list, pending()) };
    }
    return this.#shown.list;
  }

  /** As the server has it. */
  base(id: string): Mailbox | undefined {
    return this.#list?.find((one) => one.id === id);
  }

  /** Asks for the list; who asks while the answer is on its way gets the same. */
  load(taken: (mailboxes: readonly Mailbox[]) => void): Promise<readonly Mailbox[]> {
    this.#loading ??= this.#load()
      .then((mailboxes) => {
        taken(mailboxes);
        return mailboxes;
      })
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }

  /** Takes the whole list, or forgets it. */
  takeList(mailboxes: readonly Mailbox[] | undefined): void {
    this.#list = mailboxes && [...mailboxes];
  }

  /** Takes newer ones into the list, and those it does not know; false where nothing was known or told. */
  take(mailboxes: readonly Mailbox[]): boolean {
    if (this.#list === undefined || mailboxes.length === 0) return false;
    const newer = new Map(mailboxes.map((one) => [one.id, one]));
    const known = this.#list.map((one) => {
      const next = newer.get(one.id);
      newer.delete(one.id);
      return next !== undefined && next.modseq >= one.modseq ? next : one;
    });
    this.#list = [...known, ...newer.values()];
    return true;
  }
}
