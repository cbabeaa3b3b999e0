/** The mailboxes: the server's list, and as it is shown with the numbers of pending changes on it. */

import type { Pending } from "./changes";
import { applyCounts, type Counts } from "./counts";
import type { Mailbox } from "./types";

export class Mailboxes {
  readonly #load: () => Promise<readonly Mailbox[]>;
  #list: Mailbox[] | undefined;
  /** Questions and news are numbered as they begin: what began later is the newer list, whichever comes first. */
  #begun = 0;
  #taken = 0;
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

  /** Asks for the list; `taken` hears of it unless a newer one is here by then. */
  async load(taken: (mailboxes: readonly Mailbox[]) => void): Promise<readonly Mailbox[]> {
    const number = this.begin();
    const mailboxes = await this.#load();
    if (number > this.#taken) {
      this.takeList(mailboxes, number);
      taken(mailboxes);
    }
    return mailboxes;
  }

  /** The number of a list that is on its way from now on. */
  begin(): number {
    this.#begun += 1;
    return this.#begun;
  }

  /** Takes the whole list of that number unless a newer one is here, or forgets it. */
  takeList(mailboxes: readonly Mailbox[] | undefined, number = this.begin()): void {
    if (number < this.#taken) return;
    this.#taken = number;
    this.#list = mailboxes && [...mailboxes];
  }

  /**
   * Takes newer ones into the list; those it does not know only where they were `made` just now, for what was told
   * earlier may be gone meanwhile. False where nothing was known or told.
   */
  take(mailboxes: readonly Mailbox[], { made }: { made: boolean }): boolean {
    if (this.#list === undefined || mailboxes.length === 0) return false;
    const newer = new Map(mailboxes.map((one) => [one.id, one]));
    const known = this.#list.map((one) => {
      const next = newer.get(one.id);
      newer.delete(one.id);
      return next !== undefined && next.modseq >= one.modseq ? next : one;
    });
    this.#list = made ? [...known, ...newer.values()] : known;
    return true;
  }
}
