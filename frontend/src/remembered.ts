/**
 * What this device keeps of the list that is wanted first, for whoever was signed in last: shown until the server
 * has answered. Loaded with the first script, so it uses the browser's databases as they are.
 *
 * The server decides all the same: who is not signed in any more sees these rows for as long as its answer takes.
 */
import { type LastSession, lastSession, SAVED_MAIL } from "./app/lastSession";
import { byConversation } from "./mail/offline/byConversation";
import type { Mailbox, Page, Row } from "./mail/store/types";

export type Remembered = LastSession & { mailboxes: Mailbox[]; mailboxId: string; page: Page };

const LATEST = "\uffff";

/** The newest `limit` rows of that mailbox, or of the inbox; null where nothing is kept. */
export async function remembered(mailboxId: string | null, limit: number): Promise<Remembered | null> {
  const last = lastSession();
  if (last === null) return null;
  try {
    const database = await opened(SAVED_MAIL + last.viewer.id);
    try {
      const list = database.transaction("lists").objectStore("lists").get("mailboxes");
      const mailboxes: Mailbox[] = (await answerOf(list)) ?? [];
      const mailbox = mailboxes.find(({ id, specialUse }) =>
        mailboxId === null ? specialUse === "INBOX" : id === mailboxId,
      );
      if (mailbox === undefined) return null;
      const rows = byConversation(await newest(database, mailbox.id, limit));
      if (rows.length === 0) return null;
      const total = Math.max(mailbox.total, rows.length);
      const page = { offset: 0, total, messageTotal: mailbox.total, state: 0, rows };
      return { ...last, mailboxes, mailboxId: mailbox.id, page };
    } finally {
      database.close();
    }
  } catch {
    return null; // Nothing is kept, or the browser keeps nothing.
  }
}

/** The database, where there is one; none is made. */
function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.transaction?.abort();
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function newest(database: IDBDatabase, mailboxId: string, limit: number): Promise<Row[]> {
  const span = IDBKeyRange.bound([mailboxId, ""], [mailboxId, LATEST]);
  const asking = database.transaction("rows").objectStore("rows").index("place").openCursor(span, "prev");
  const rows: Row[] = [];
  return new Promise((resolve, reject) => {
    asking.onerror = () => reject(asking.error);
    asking.onsuccess = () => {
      const cursor = asking.result;
      if (cursor !== null) rows.push(cursor.value);
      if (cursor === null || rows.length === limit) resolve(rows);
      else cursor.continue();
    };
  });
}
