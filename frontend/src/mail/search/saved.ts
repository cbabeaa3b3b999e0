/** Searches that are kept, for all who show them. */
import { useSyncExternalStore } from "react";
import { type SavedSearchesQuery as Answer, request } from "@/api";
import { DeleteSavedSearchMutation, SavedSearchesQuery, SaveSearchMutation } from "./documents";

export type Saved = Answer["savedSearches"][number];

let saved: readonly Saved[] | undefined;
/** How many were saved or deleted here: an answer that was on its way meanwhile may not know of it. */
let changes = 0;
const listeners = new Set<() => void>();

function set(next: readonly Saved[]) {
  saved = [...next].sort((a, b) => a.name.localeCompare(b.name));
  for (const listener of listeners) listener();
}

export async function loadSaved(): Promise<void> {
  const before = changes;
  const { savedSearches } = await request(SavedSearchesQuery);
  if (changes === before) set(savedSearches);
  else await loadSaved();
}

/** Those that are shown may name a folder that was renamed. */
export async function refreshSaved(): Promise<void> {
  if (saved !== undefined) await loadSaved();
}

export async function saveSearch(name: string, query: string, id: string | null = null): Promise<void> {
  const { saveSearch: kept } = await request(SaveSearchMutation, { id, name, query });
  changes += 1;
  set([...(saved ?? []).filter((one) => one.id !== kept.id), kept]);
}

export async function deleteSaved(id: string): Promise<void> {
  await request(DeleteSavedSearchMutation, { id });
  changes += 1;
  set((saved ?? []).filter((one) => one.id !== id));
}

export function useSaved(): readonly Saved[] {
  return useSyncExternalStore(subscribe, () => saved ?? none);
}

const none: readonly Saved[] = [];

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
