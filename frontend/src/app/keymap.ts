/** Keys of one's own: which commands have others than the standard, and whether single keys are heard. Kept on the server. */
import { useSyncExternalStore } from "react";
import { graphql, request } from "@/api";

export type Keymap = {
  isOn: boolean;
  /** Only of commands that differ; none for a command without keys. */
  keys: Readonly<Record<string, readonly string[]>>;
};

export const ShortcutsQuery = graphql(`
  query Shortcuts {
    shortcuts { isOn keys { command keys } }
  }
`);

export const SetShortcutsMutation = graphql(`
  mutation SetShortcuts($isOn: Boolean!, $keys: [CommandKeysInput!]!) {
    setShortcuts(isOn: $isOn, keys: $keys) { isOn }
  }
`);

const standard: Keymap = { isOn: true, keys: {} };
let current = standard;
const listeners = new Set<() => void>();

function set(next: Keymap) {
  current = next;
  for (const listener of listeners) listener();
}

export function keymap(): Keymap {
  return current;
}

export function useKeymap(): Keymap {
  return useSyncExternalStore(onKeymap, keymap);
}

/** Calls back whenever other keys are in force. */
export function onKeymap(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Puts the keys of whoever is signed in in force. */
export async function loadKeymap(): Promise<void> {
  const { shortcuts } = await request(ShortcutsQuery);
  set({
    isOn: shortcuts.isOn,
    keys: Object.fromEntries(shortcuts.keys.map(({ command, keys }) => [command, keys])),
  });
}

/** In force at once; what the server refuses is put back. */
export async function changeKeymap(next: Keymap): Promise<void> {
  const before = current;
  set(next);
  try {
    const keys = Object.entries(next.keys).map(([command, keys]) => ({ command, keys: [...keys] }));
    await request(SetShortcutsMutation, { isOn: next.isOn, keys }, { outlivesPage: true });
  } catch (error) {
    if (current === next) set(before);
    throw error;
  }
}

/** Another choice for tests and for who signs out. */
export function resetKeymap(next: Keymap = standard): void {
  set(next);
}
