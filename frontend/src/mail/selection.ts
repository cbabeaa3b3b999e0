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
  /** Where a range began, and what was selected then: a range that gets shorter gives back what it had taken. */
  anchor: { id: string; index: number; before: ReadonlySet<string> } | undefined;
  /** Rows of a range are still on their way; until they are here nothing is selected by it. */
  isExtending: boolean;
};

/** What a range must know of the list. */
type Places = { idAt: (index: number) => string | undefined; indexOf: (id: string) => number };

/** First row in view; where the keyboard begins when it stands nowhere. Not told to listeners. */
let top = 0;

const none: Selection = {
  ids: new Set(),
  isAll: false,
  cursor: undefined,
  anchor: undefined,
  isExtending: false,
};
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
    if (current.ids.size > 0 || current.isAll || current.isExtending)
      set({ ids: new Set(), isAll: false, anchor: undefined, isExtending: false });
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
    set({ ids, isAll: false, anchor: { id, index, before: ids }, cursor: { id, index }, isExtending: false });
  },
  /** The row where a range to `index` begins, wherever new mail has moved it. */
  rangeFrom(index: number, list: Places): number {
    const from = current.anchor ?? current.cursor;
    if (from === undefined) return index;
    const now = list.indexOf(from.id);
    return now < 0 ? from.index : now;
  },
  /** Everything from where the range began to `index`, in addition to what was selected before it. */
  extend(index: number, list: Places) {
    const from = selection.rangeFrom(index, list);
    const before = current.anchor?.before ?? current.ids;
    const ids = new Set(before);
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
      const id = list.idAt(at);
      if (id !== undefined) ids.add(id);
    }
    const id = list.idAt(index);
    const first = list.idAt(from) ?? current.anchor?.id;
    set({
      ids,
      isAll: false,
      isExtending: false,
      ...(first !== undefined && { anchor: { id: first, index: from, before } }),
      ...(id !== undefined && { cursor: { id, index } }),
    });
  },
  /** A range is on its way, or will not come. */
  setExtending(isExtending: boolean) {
    if (current.isExtending !== isExtending) set({ isExtending });
  },
  selectAll() {
    set({ ids: new Set(), isAll: true, isExtending: false });
  },
  /** Another message stands for the same conversation now. */
  replace(id: string, now: string) {
    const { ids, anchor, cursor } = current;
    if (id === now || !(ids.has(id) || anchor?.id === id || cursor?.id === id)) return;
    const renamed = (some: ReadonlySet<string>) =>
      some.has(id) ? new Set([...some].map((one) => (one === id ? now : one))) : some;
    const of = (one: string) => (one === id ? now : one);
    set({
      ids: renamed(ids),
      anchor: anchor && { ...anchor, id: of(anchor.id), before: renamed(anchor.before) },
      cursor: cursor && { ...cursor, id: of(cursor.id) },
    });
  },
  /** Forgets ids that have left the list. */
  drop(gone: readonly string[]) {
    if (!gone.some((id) => current.ids.has(id))) return;
    const left = new Set(gone);
    const without = (some: ReadonlySet<string>) => new Set([...some].filter((id) => !left.has(id)));
    const { anchor } = current;
    set({
      ids: without(current.ids),
      anchor:
        anchor === undefined || left.has(anchor.id)
          ? undefined
          : { ...anchor, before: without(anchor.before) },
    });
  },
};

export function useSelection(): Selection {
  return useSyncExternalStore(selection.subscribe, selection.get);
}
