/** The rows of messages: as the server told them, and as they are shown with pending changes on them. */
import { type ChangeLog, patchRow } from "./changes";
import type { Change, Row } from "./types";

/** What the server last said that the row stands for in a list of conversations: at which state, of which mailbox. */
type Told = { told: number; home: string };
type Known = { row: Row; state: number } & Told;

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
      if (row.conversation !== null)
        this.#known.set(row.id, { row, state, told: state, home: row.mailboxId });
      // Told as one message it is still what a list of conversations has of it.
      else {
        const { told = 0, home = "", row: { conversation } = row } = known ?? {};
        const whole = conversation === null ? row : { ...row, conversation };
        this.#known.set(row.id, { row: whole, state, told, home });
      }
      for (const { id } of row.conversation?.members ?? []) this.#standsFor.set(id, row.id);
    }
  }

  /** Takes a row that came without a state, unless there is one. */
  takeMissing(row: Row): void {
    if (!this.#known.has(row.id)) this.#known.set(row.id, { row, state: 0, told: 0, home: "" });
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
  standing = (id: string): string => {
    const stands = this.#standsFor.get(id) ?? id;
    return this.#leftBy(stands)?.members[0]?.id ?? stands;
  };

  /** The row of what stays of a conversation in its mailbox while the one that stood for it leaves. */
  heirOf = (id: string): Row | undefined => {
    const heir = this.#leftBy(id)?.members[0]?.id;
    return heir === undefined ? undefined : (this.shown(heir) ?? undefined);
  };

  /** What stays of its conversation in its mailbox while this message leaves it, having stood for it. */
  #leftBy(id: string): Row["conversation"] {
    const known = this.#known.get(id);
    if (known === undefined || known.row.conversation === null || this.#log.entries.length === 0) return null;
    if (this.shown(id)?.mailboxId === known.home) return null;
    const conversation = this.#log.stayed({ ...known.row, mailboxId: known.home }, known.told);
    return conversation !== null && conversation.members.length > 0 ? conversation : null;
  }

  /** The messages that stand behind the same row as this one, itself among them. */
  members(id: string): readonly string[] {
    const members = this.shown(this.standing(id))?.conversation?.members.map((member) => member.id) ?? [];
    return members.includes(id) ? members : [id];
  }

  /** The row as shown; null when it is taken away, undefined when nothing is known of it. */
  shown = (id: string): Row | null | undefined => {
    const known = this.#known.get(id);
    const stood = this.#log.entries.length === 0 ? undefined : this.#inherits(id);
    const base = stood?.row ?? known?.row;
    if (base === undefined) return undefined;
    const kept = this.#shown.get(id);
    if (kept?.base === base && kept.version === this.#logVersion) return kept.row;
    let row: Row | null = base;
    if (stood !== undefined) row = this.#asHeir(id, stood);
    else if (known !== undefined && this.#log.entries.length > 0)
      row = this.#log.apply(known.row, known.state, known.told);
    this.#shown.set(id, { base, version: this.#logVersion, row });
    return row;
  };

  /** The row that leaves, where this message is to stand for what stays of the conversation. */
  #inherits(id: string): Known | undefined {
    const stands = this.#standsFor.get(id) ?? id;
    return stands !== id && this.#leftBy(stands)?.members[0]?.id === id ? this.#known.get(stands) : undefined;
  }

  /** As far as its own row is not known, it looks like the one that leaves until it is. */
  #asHeir(id: string, stood: Known): Row {
    const known = this.#known.get(id);
    const own = known === undefined ? null : this.#log.apply(known.row, known.state, known.told);
    const conversation = this.#leftBy(stood.row.id);
    const member = conversation?.members[0];
    const looks = own ?? { ...stood.row, keywords: keywordsOf(id, stood.row) };
    return { ...looks, ...member, id, mailboxId: stood.home, conversation };
  }

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
    if (row == null || member === undefined) return undefined;
    return { ...row, ...member, keywords: keywordsOf(id, row), conversation: null };
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

/** The tags of a member of the conversation for which a row stands. */
function keywordsOf(id: string, { conversation }: Row): string[] {
  return (conversation?.tags ?? []).flatMap((tag) => (tag.ids.includes(id) ? [tag.keyword] : []));
}
