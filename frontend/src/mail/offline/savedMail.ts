/**
 * Mail that is kept on this device, to be read without the server: mailboxes, the rows of the last 90 days,
 * messages that were opened, and acts that still have to be sent. It belongs to one viewer and goes at sign-out.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { SAVED_MAIL } from "@/app";
import { patchRow } from "../store/changes";
import type { Change, Mailbox, MessageDetail, Page, Row, Source } from "../store/types";
import { byConversation } from "./byConversation";

interface Schema extends DBSchema {
  lists: { key: string; value: unknown };
  rows: { key: string; value: Row; indexes: { place: [string, string] } };
  bodies: {
    key: string;
    value: { id: string; detail: MessageDetail; usedAt: number };
    indexes: { usedAt: number };
  };
  acts: { key: number; value: { change: Change } };
}

const KEPT_MS = 90 * 86_400_000;
const MOST_BODIES = 400;
const LATEST = "\uffff";

export class SavedMail {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** That of the viewer; what others left behind goes. Null where the browser keeps nothing. */
  static async open(viewerId: string): Promise<SavedMail | null> {
    try {
      await forgetSavedMail(viewerId);
      const database = await openDB<Schema>(SAVED_MAIL + viewerId, 1, {
        upgrade(fresh) {
          fresh.createObjectStore("lists");
          fresh
            .createObjectStore("rows", { keyPath: "id" })
            .createIndex("place", ["mailboxId", "receivedAt"]);
          fresh.createObjectStore("bodies", { keyPath: "id" }).createIndex("usedAt", "usedAt");
          fresh.createObjectStore("acts", { autoIncrement: true });
        },
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return new SavedMail(database);
    } catch {
      return null;
    }
  }

  async mailboxes(): Promise<Mailbox[] | undefined> {
    return (await this.#database.get("lists", "mailboxes")) as Mailbox[] | undefined;
  }

  async keepMailboxes(mailboxes: readonly Mailbox[]): Promise<void> {
    await this.#database.put("lists", mailboxes, "mailboxes");
  }

  /** Rows as the server tells them; those that are too old are left out. */
  async keepRows(rows: readonly Row[], gone: readonly string[] = []): Promise<void> {
    const oldest = oldestKept();
    const transaction = this.#database.transaction("rows", "readwrite");
    for (const id of gone) void transaction.store.delete(id);
    for (const row of rows) if (row.receivedAt >= oldest) void transaction.store.put(row);
    await transaction.done;
  }

  /** A page of a mailbox from the newest on: what lies in its span and is not in it has gone meanwhile. */
  async keepPage(mailboxId: string, page: Page): Promise<void> {
    const [first, last] = [page.rows[0], page.rows.at(-1)];
    if (first === undefined || last === undefined) return;
    const upper = page.offset === 0 ? LATEST : first.receivedAt;
    const span = IDBKeyRange.bound([mailboxId, last.receivedAt], [mailboxId, upper], true, page.offset > 0);
    const there = new Set(page.rows.map(({ id }) => id));
    const kept = await this.#database.getAllKeysFromIndex("rows", "place", span);
    await this.keepRows(
      page.rows,
      kept.filter((id) => !there.has(id)),
    );
  }

  /** What is kept of a list, as the server would answer; undefined where nothing is. */
  async page(
    source: Source,
    isNewestFirst: boolean,
    offset: number,
    limit: number,
  ): Promise<Page | undefined> {
    let rows = await this.#rowsOf(source);
    if (rows.length === 0 && source.search === undefined) {
      const mailbox = (await this.mailboxes())?.find(({ id }) => id === source.mailboxId);
      if (mailbox === undefined || mailbox.total > 0) return undefined;
    }
    rows.sort((a, b) =>
      a.receivedAt === b.receivedAt ? Number(b.id) - Number(a.id) : a.receivedAt < b.receivedAt ? 1 : -1,
    );
    const messageTotal = rows.length;
    if (source.byConversation) rows = byConversation(rows);
    if (!isNewestFirst) rows.reverse();
    return { offset, total: rows.length, messageTotal, state: 0, rows: rows.slice(offset, offset + limit) };
  }

  async message(id: string): Promise<MessageDetail | undefined> {
    return (await this.#database.get("bodies", id))?.detail;
  }

  async knows(id: string): Promise<boolean> {
    return (await this.#database.getKey("bodies", id)) !== undefined;
  }

  async keepMessage(detail: MessageDetail): Promise<void> {
    const transaction = this.#database.transaction("bodies", "readwrite");
    await transaction.store.put({ id: detail.id, detail, usedAt: Date.now() });
    let left = (await transaction.store.count()) - MOST_BODIES;
    let oldest = left > 0 ? await transaction.store.index("usedAt").openCursor() : null;
    while (oldest !== null && left > 0) {
      await oldest.delete();
      left -= 1;
      oldest = await oldest.continue();
    }
    await transaction.done;
  }

  /** The acts that wait, in their order. */
  async acts(): Promise<{ key: number; change: Change }[]> {
    const transaction = this.#database.transaction("acts");
    const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    return keys.flatMap((key, at) => {
      const change = values[at]?.change;
      return change === undefined ? [] : [{ key, change }];
    });
  }

  /** Keeps an act until it was sent, and shows it in the rows that are kept. */
  async keepAct(change: Change): Promise<number> {
    const transaction = this.#database.transaction("acts", "readwrite");
    const adding = transaction.store.add({ change });
    transaction.commit(); // The page may be gone before it would commit by itself.
    const key = await adding;
    await this.apply(change);
    return key;
  }

  async dropAct(key: number): Promise<void> {
    await this.#database.delete("acts", key);
  }

  /** Does to the kept rows what an act does. */
  async apply(change: Change): Promise<void> {
    const transaction = this.#database.transaction("rows", "readwrite");
    for (const id of change.ids) {
      const row = await transaction.store.get(id);
      if (row === undefined) continue;
      const next = patchRow(row, change);
      if (next === null) await transaction.store.delete(id);
      else await transaction.store.put(next);
    }
    await transaction.done;
  }

  /** Drops what has become too old. */
  async prune(): Promise<void> {
    const oldest = oldestKept();
    const transaction = this.#database.transaction("rows", "readwrite");
    for (let at = await transaction.store.openCursor(); at !== null; at = await at.continue()) {
      if (at.value.receivedAt < oldest) await at.delete();
    }
    await transaction.done;
  }

  /** When a mailbox was last read as far back as rows are kept. */
  async filledAt(mailboxId: string): Promise<number> {
    return ((await this.#database.get("lists", `filled ${mailboxId}`)) as number | undefined) ?? 0;
  }

  async noteFilled(mailboxId: string): Promise<void> {
    await this.#database.put("lists", Date.now(), `filled ${mailboxId}`);
  }

  close(): void {
    this.#database.close();
  }

  async #rowsOf(source: Source): Promise<Row[]> {
    if (source.search === undefined) {
      const span = IDBKeyRange.bound([source.mailboxId, ""], [source.mailboxId, LATEST]);
      return this.#database.getAllFromIndex("rows", "place", span);
    }
    const words = wordsOf(source.search);
    const rows = await this.#database.getAll("rows");
    return rows.filter((row) => {
      if (source.mailboxId !== undefined && row.mailboxId !== source.mailboxId) return false;
      const text = [row.subject, row.preview, row.toText, row.from.name, row.from.address]
        .join(" ")
        .toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    });
  }
}

/** Rows older than this are not kept. */
export function oldestKept(): string {
  return new Date(Date.now() - KEPT_MS).toISOString();
}

/** Forgets what is kept of everybody, or of everybody else. */
export async function forgetSavedMail(exceptViewerId?: string): Promise<void> {
  const known = await indexedDB.databases();
  const gone = known.flatMap(({ name }) =>
    name?.startsWith(SAVED_MAIL) && name !== SAVED_MAIL + exceptViewerId ? [name] : [],
  );
  await Promise.all(gone.map((name) => deleteDB(name)));
}

/** Without the server a search is for words alone; what an operator narrows is looked for as a word. */
function wordsOf(search: string): string[] {
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^-?\w+:/, "").replaceAll('"', ""))
    .filter((word) => word !== "");
}
