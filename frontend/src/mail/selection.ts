/** Which rows are selected, and where the keyboard stands in the list. One list is on screen at a time. */
import { useSyncExternalStore } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** All of the list is selected, also what is not loaded; `ids` is empty then. */
  isAll: boolean;
  /**
   * Row the keyboard stands on; its index helps to go on when the row has left. `isWalked` when keys brought it
   * there: then the focus comes along, so that the row is seen and spoken.
   */
  cursor: { id: string; index: number; isWalked?: boolean } | undefined;
  /** Where a range began. */
  anchor: number | undefined;
};

/** First row in view; where the keyboard begins when it stands nowhere. Not told to listeners. */
let top = 0;

const none: Selection = { ids: new Set(), isAll: false, cursor: undefined, anchor: undefined };
let current: Selection = none;
const listeners = new Set<() => void>();

function set(next: Partial<Selection>) {
  current = { ...current, ...next };
  for (const listener of listeners) listener();
}

export const selection = {
  get: () => current,
  top: () => top,
  setTop(index: number) {
    top = index;
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Another list: nothing is selected in it. */
  reset() {
    current = none;
    for (const listener of listeners) listener();
  },
  clear() {
    if (current.ids.size > 0 || current.isAll) set({ ids: new Set(), isAll: false, anchor: undefined });
  },
  moveCursor(id: string, index: number) {
    if (current.cursor?.id !== id || current.cursor.index !== index) set({ cursor: { id, index } });
  },
  walkTo(id: string, index: number) {
    set({ cursor: { id, index, isWalked: true } });
  },
  toggle(id: string, index: number) {
    // Taking one out of everything leaves nothing selected: what was meant cannot be told.
    if (current.isAll) return set({ isAll: false, anchor: undefined, cursor: { id, index } });
    const ids = new Set(current.ids);
    if (!ids.delete(id)) ids.add(id);
    set({ ids, isAll: false, anchor: index, cursor: { id, index } });
  },
  /** Everything from where the range began to `index`, in addition to what is selected. */
  extend(index: number, idAt: (index: number) => string | undefined) {
    const from = current.anchor ?? current.cursor?.index ?? index;
    const ids = new Set(current.ids);
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
      const id = idAt(at);
      if (id !== undefined) ids.add(id);
    }
    const id = idAt(index);
    set({ ids, isAll: false, anchor: from, ...(id !== undefined && { cursor: { id, index } }) });
  },
  selectAll() {
    set({ ids: new Set(), isAll: true });
  },
  /** Forgets ids that have left the list. */
  drop(gone: Iterable<string>) {
    const ids = new Set(current.ids);
    let isChanged = false;
    for (const id of gone) isChanged = ids.delete(id) || isChanged;
    if (isChanged) set({ ids });
  },
};

export function useSelection(): Selection {
  return useSyncExternalStore(selection.subscribe, selection.get);
}
