/** The rows of messages: as the server told them, and as they are shown with pending changes on them. */
import { type ChangeLog, patchRow } from "./changes";
import type { Change, Row } from "./types";

export class Rows {
  readonly #log: ChangeLog;
  readonly #known = new Map<string, { row: Row; state: number }>();
  readonly #shown = new Map<string, { base: Row; version: number; row: Row | null }>();
  #logVersion = 0;

  constructor(log: ChangeLog) {
    this.#log = log;
  }

  /** Takes what the server said at a state; what is known from a later one stays. */
  take(rows: readonly Row[], state: number): void {
    for (const row of rows) {
      const known = this.#known.get(row.id);
      if (known === undefined || known.state <= state) this.#known.set(row.id, { row, state });
    }
  }

  /** Takes a row that came without a state, unless there is one. */
  takeMissing(row: Row): void {
    if (!this.#known.has(row.id)) this.#known.set(row.id, { row, state: 0 });
  }

  /** A change became part of the server's state: it is laid on what was known before. */
  confirm(change: Change, state: number): void {
    for (const id of change.ids) {
      const known = this.#known.get(id);
      const next = known === undefined || known.state >= state ? null : patchRow(known.row, change);
      if (next !== null) this.#known.set(id, { row: next, state });
    }
  }

  /** The row as shown; null when it is taken away, undefined when nothing is known of it. */
  shown = (id: string): Row | null | undefined => {
    const known = this.#known.get(id);
    if (known === undefined) return undefined;
    const kept = this.#shown.get(id);
    if (kept?.base === known.row && kept.version === this.#logVersion) return kept.row;
    const row = this.#log.entries.length === 0 ? known.row : this.#log.apply(known.row, known.state);
    this.#shown.set(id, { base: known.row, version: this.#logVersion, row });
    return row;
  };

  /** Those of the rows that are shown, by id. */
  shownOf(ids: readonly string[]): Map<string, Row> {
    return new Map(
      ids.flatMap((id) => {
        const row = this.shown(id);
        return row === null || row === undefined ? [] : [[id, row] as const];
      }),
    );
  }

  /** Says that the log changed, so that what is shown must be made anew. */
  logChanged(): void {
    this.#logVersion += 1;
  }

  clear(): void {
    this.#known.clear();
    this.#shown.clear();
  }
}
