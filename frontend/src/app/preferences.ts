/** Choices of this browser: look, density, widths. Kept in localStorage, shared by all tabs. */
import { useSyncExternalStore } from "react";
import { type Language, languages } from "@/lib/language";

export type Preferences = {
  /** "auto" follows the browser. */
  language: Language | "auto";
  theme: "system" | "light" | "dark";
  density: "compact" | "cosy" | "roomy";
  /** Width of the message list in px. */
  listWidth: number;
  /** Which message follows when the open one leaves the list. */
  afterAct: "next" | "previous" | "list";
  /** Whether the other messages of a conversation stand around the open one. */
  conversations: boolean;
  /** Mailboxes in which they do not, whatever `conversations` says. */
  separateMailboxes: readonly string[];
  conversationOrder: "newest-last" | "newest-first";
};

const key = "postroom.preferences";
const standard: Preferences = {
  language: "auto",
  theme: "system",
  density: "cosy",
  listWidth: 404,
  afterAct: "next",
  conversations: true,
  separateMailboxes: [],
  conversationOrder: "newest-last",
};
const choices: { [K in keyof Preferences]?: readonly Preferences[K][] } = {
  language: ["auto", ...(Object.keys(languages) as Language[])],
  theme: ["system", "light", "dark"],
  density: ["compact", "cosy", "roomy"],
  afterAct: ["next", "previous", "list"],
  conversationOrder: ["newest-last", "newest-first"],
};

let current = read();
const listeners = new Set<() => void>();

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...standard, ...valid(stored) } : standard;
  } catch {
    return standard; // Unreadable or forbidden storage must not keep the page from working.
  }
}

function valid(stored: object): Partial<Preferences> {
  const entries = Object.entries(stored).filter(([name, value]) => {
    if (!(name in standard)) return false;
    if (name === "separateMailboxes")
      return Array.isArray(value) && value.every((one) => typeof one === "string");
    const allowed: readonly unknown[] | undefined = choices[name as keyof Preferences];
    return allowed === undefined
      ? typeof value === typeof standard[name as keyof Preferences]
      : allowed.includes(value);
  });
  return Object.fromEntries(entries);
}

function apply() {
  document.documentElement.dataset.density = current.density;
  if (current.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current.theme;
}

/** Puts the look in force and follows changes made in other tabs. Called once, before the first render. */
export function startPreferences(): void {
  apply();
  window.addEventListener("storage", (event) => {
    if (event.key === key) replace(read());
  });
}

function replace(next: Preferences) {
  current = next;
  apply();
  for (const listener of listeners) listener();
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  replace({ ...current, [name]: value });
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

export function preferences(): Preferences {
  return current;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is on screen now, whichever way it was chosen. */
export function isDark(): boolean {
  return current.theme === "system"
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : current.theme === "dark";
}
