/** The rows of messages: as the server told them, and as they are shown with pending changes on them. */
import { type ChangeLog, patchRow } from "./changes";
import type { Change, Row } from "./types";

/** `told` is the state at which the server last said what the row stands for in a list of conversations. */
type Known = { row: Row; state: number; told: number };

export class Rows {
  readonly #log: ChangeLog;
  readonly #known = new Map<string, Known>();
  readonly #shown = new Map<string, { base: Row; version: number; row: Row | null }>();
  /** Of a message, the one whose row stands for its conversation in a list. */
  readonly #standsFor = new Map<string, string>();
  #logVersion = 0;

  constructor(log: ChangeLog) {
    this.#log = log;
  }

  /** Takes what the server said at a state; what is known from a later one stays. */
  take(rows: readonly Row[], state: number): void {
    for (const row of rows) {
      const known = this.#known.get(row.id);
      if (known !== undefined && known.state > state) continue;
      if (row.conversation !== null) this.#known.set(row.id, { row, state, told: state });
      // Told as one message it is still what a list of conversations has of it.
      else {
        const { told = 0, row: { conversation } = row } = known ?? {};
        this.#known.set(row.id, { row: conversation === null ? row : { ...row, conversation }, state, told });
      }
      for (const { id } of row.conversation?.members ?? []) this.#standsFor.set(id, row.id);
    }
  }

  /** Takes a row that came without a state, unless there is one. */
  takeMissing(row: Row): void {
    if (!this.#known.has(row.id)) this.#known.set(row.id, { row, state: 0, told: 0 });
  }

  /** A change became part of the server's state: it is laid on what was known before. */
  confirm(change: Change, state: number): void {
    for (const id of change.ids) {
      const known = this.#known.get(id);
      const next = known === undefined || known.state >= state ? null : patchRow(known.row, change);
      if (known !== undefined && next !== null) this.#known.set(id, { ...known, row: next, state });
    }
  }

  /** Whose row stands for this message in a list of conversations, or itself. */
  standing = (id: string): string => this.#standsFor.get(id) ?? id;

  /** The messages that stand behind the same row as this one, itself among them. */
  members(id: string): readonly string[] {
    const members = this.shown(this.standing(id))?.conversation?.members.map((member) => member.id) ?? [];
    return members.includes(id) ? members : [id];
  }

  /** The row as shown; null when it is taken away, undefined when nothing is known of it. */
  shown = (id: string): Row | null | undefined => {
    const known = this.#known.get(id);
    if (known === undefined) return undefined;
    const kept = this.#shown.get(id);
    if (kept?.base === known.row && kept.version === this.#logVersion) return kept.row;
    const row =
      this.#log.entries.length === 0 ? known.row : this.#log.apply(known.row, known.state, known.told);
    this.#shown.set(id, { base: known.row, version: this.#logVersion, row });
    return row;
  };

  /** Those of the rows that are shown, by id. */
  shownOf(ids: readonly string[]): Map<string, Row> {
    return new Map(
      ids.flatMap((id) => {
        const row = this.shown(id) ?? this.#memberRow(id);
        return row === undefined ? [] : [[id, row] as const];
      }),
    );
  }

  /** What must be known of a message that is only known as one of a conversation. */
  #memberRow(id: string): Row | undefined {
    const row = this.#known.has(id) ? undefined : this.shown(this.standing(id));
    const member = row?.conversation?.members.find((one) => one.id === id);
    return row == null || member === undefined ? undefined : { ...row, ...member, conversation: null };
  }

  /** Says that the log changed, so that what is shown must be made anew. */
  logChanged(): void {
    this.#logVersion += 1;
  }

  clear(): void {
    this.#known.clear();
    this.#shown.clear();
    this.#standsFor.clear();
  }
}
