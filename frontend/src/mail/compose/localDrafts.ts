/**
 * What is being written, kept on this device: a crash or a closed tab loses nothing.
 *
 * Records belong to one viewer. They are removed when the server has everything and the composer is closed,
 * and when the message is sent or discarded. Without IndexedDB (private windows of some browsers) the server's
 * copy is the only one.
 */
import type { Handed, Order } from "./types";

export type LocalDraft = Handed & {
  /** Thrown away; only the server has yet to be told. */
  isDiscarded: boolean;
  /** It was sent, and waits for the server. */
  order?: Order;
  /** It is written in a window of its own. */
  isApart: boolean;
  changedAt: number;
};

const flag = "postroom.writing";
let opening: Promise<IDBDatabase | null> | undefined;

function open(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const asking = indexedDB.open("postroom-writing", 1);
      asking.onupgradeneeded = () => asking.result.createObjectStore("drafts", { keyPath: "key" });
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => resolve(null);
      asking.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

async function act<T>(
  mode: IDBTransactionMode,
  verb: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  const database = await open();
  if (database === null) return null;
  return new Promise((resolve) => {
    const transaction = database.transaction("drafts", mode);
    let asking: IDBRequest<T>;
    try {
      asking = verb(transaction.objectStore("drafts"));
    } catch {
      return resolve(null);
    }
    transaction.oncomplete = () => resolve(asking.result);
    transaction.onerror = () => resolve(null);
    transaction.onabort = () => resolve(null);
  });
}

let hasRoom = true;

/** False where what was written last found no room on this device, or it keeps nothing at all. */
export const keepsDrafts = (): boolean => hasRoom;

export async function keepDraft(draft: LocalDraft): Promise<void> {
  remind(true);
  hasRoom = (await act("readwrite", (store) => store.put(draft))) !== null;
}

export async function forgetDraft(key: string): Promise<void> {
  await act("readwrite", (store) => store.delete(key));
  const left = await act("readonly", (store) => store.count());
  if (left === 0) remind(false);
}

/** One that was not thrown away. */
export async function keptDraft(key: string): Promise<LocalDraft | undefined> {
  const found: LocalDraft | null | undefined = await act("readonly", (store) => store.get(key));
  return found == null || found.isDiscarded ? undefined : found;
}

/** Those of a viewer, oldest first. */
export async function keptDrafts(viewerId: string): Promise<LocalDraft[]> {
  const all: unknown = await act("readonly", (store) => store.getAll());
  if (!Array.isArray(all)) return [];
  return all
    .filter((draft: LocalDraft) => draft.viewerId === viewerId)
    .sort((a: LocalDraft, b: LocalDraft) => a.changedAt - b.changedAt);
}

/** A mark that can be read at once, so that the composer is loaded only where there is something to restore. */
function remind(isThere: boolean) {
  try {
    if (isThere) localStorage.setItem(flag, "1");
    else localStorage.removeItem(flag);
  } catch {
    // Without storage there is nothing to restore either.
  }
}
