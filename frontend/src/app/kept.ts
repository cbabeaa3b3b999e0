/**
 * Choices that the server keeps for the one who is signed in, so that they hold on all devices: JSON by name.
 *
 * The browser remembers them too, for the first drawing before the server has answered. Names are a word, or a
 * word and a subject: `pane`, `list:17`, `tag:$label1`.
 */
import { useSyncExternalStore } from "react";
import { graphql, request } from "@/api";

const SetPreferencesMutation = graphql(`
  mutation SetPreferences($entries: [PreferenceInput!]!) {
    setPreferences(entries: $entries)
  }
`);

const key = "postroom.kept";
const PAUSE_MS = 300;
const AGAIN_MS = 30_000;
type Values = Readonly<Record<string, unknown>>;

let values: Values = remembered();
let userId = "";
/** Changed here and not on the server yet. */
const waiting = new Map<string, unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function remembered(): Values {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}

function replace(next: Values) {
  values = next;
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Private windows may refuse storage; the server has them anyway.
  }
  for (const listener of listeners) listener();
}

/** Takes what the server has for somebody; what was changed here and is not there yet stays. */
export function takeKept(user: string, entries: readonly { name: string; value: string }[]): void {
  if (user !== userId && userId !== "") waiting.clear();
  userId = user;
  const told = entries.flatMap(({ name, value }) => {
    try {
      return [[name, JSON.parse(value)] as const];
    } catch {
      return [];
    }
  });
  const next = { ...Object.fromEntries(told), ...Object.fromEntries(waiting) };
  if (JSON.stringify(next) !== JSON.stringify(values)) replace(next);
}

/** Keeps a choice; undefined forgets it. */
export function keep(name: string, value: unknown): void {
  waiting.set(name, value);
  const { [name]: _, ...others } = values;
  replace(value === undefined ? others : { ...others, [name]: value });
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE_MS);
}

/** Sends what waits at once: the page may be closed. */
export function sendKept(): void {
  if (waiting.size > 0) send();
}

function send() {
  clearTimeout(timer);
  const sent = [...waiting];
  const entries = sent.map(([name, value]) => ({
    name,
    value: value === undefined ? null : JSON.stringify(value),
  }));
  request(SetPreferencesMutation, { entries }, { outlivesPage: true }).then(
    () => {
      for (const [name, value] of sent) if (waiting.get(name) === value) waiting.delete(name);
    },
    // It holds here, and comes to the server with the next choice or in a while.
    () => {
      clearTimeout(timer);
      timer = setTimeout(send, AGAIN_MS);
    },
  );
}

/** Forgets what the browser remembers: somebody signed out. */
export function forgetKept(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Where storage is forbidden nothing was remembered.
  }
}

/** Everything that is kept; a new object whenever one of it changed. */
export function kept(): Values {
  return values;
}

export function onKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useKept(): Values {
  return useSyncExternalStore(onKept, kept);
}
