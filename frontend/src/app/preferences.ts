/**
 * Choices of look and keys. Theme and widths belong to the browser (localStorage, shared by all tabs); the
 * others follow the one who is signed in to every device (kept.ts).
 */
import { useSyncExternalStore } from "react";
import { type Language, languages } from "@/lib/languages";
import { keep, kept, onKept, sendKept } from "./kept";

export type SwipeAct = "archive" | "trash" | "read" | "star" | "junk" | "move" | "tag" | "snooze" | "none";

export type Preferences = {
  /** "auto" follows the browser. */
  language: Language | "auto";
  theme: "system" | "light" | "dark";
  density: "compact" | "cosy" | "roomy";
  /** Where messages are read: beside the list, below it, or in its place. */
  pane: "right" | "below" | "off";
  /** Width of the message list in px; height as a share of the page where messages are read below it. */
  listWidth: number;
  listShare: number;
  /** Which message follows when the open one leaves the list. */
  afterAct: "next" | "previous" | "list";
  /** Whether the other messages of a conversation stand around the open one. */
  conversations: boolean;
  /** Mailboxes in which they do not, whatever `conversations` says. */
  separateMailboxes: readonly string[];
  conversationOrder: "newest-last" | "newest-first";
  /** What a short and a long swipe do, towards the start of the line and towards its end. */
  swipeStart: SwipeAct;
  swipeStartLong: SwipeAct;
  swipeEnd: SwipeAct;
  swipeEndLong: SwipeAct;
};

const key = "postroom.preferences";
const standard: Preferences = {
  language: "auto",
  theme: "system",
  density: "cosy",
  pane: "right",
  listWidth: 404,
  listShare: 0.45,
  afterAct: "next",
  conversations: true,
  separateMailboxes: [],
  conversationOrder: "newest-last",
  swipeStart: "archive",
  swipeStartLong: "trash",
  swipeEnd: "read",
  swipeEndLong: "star",
};
export const swipeActs: readonly SwipeAct[] = [
  "archive",
  "trash",
  "read",
  "star",
  "junk",
  "move",
  "tag",
  "snooze",
  "none",
];
const choices: { [K in keyof Preferences]?: readonly Preferences[K][] } = {
  language: ["auto", ...(Object.keys(languages) as Language[])],
  theme: ["system", "light", "dark"],
  density: ["compact", "cosy", "roomy"],
  pane: ["right", "below", "off"],
  afterAct: ["next", "previous", "list"],
  conversationOrder: ["newest-last", "newest-first"],
  swipeStart: swipeActs,
  swipeStartLong: swipeActs,
  swipeEnd: swipeActs,
  swipeEndLong: swipeActs,
};
/** What stays in this browser. */
const local: readonly string[] = ["theme", "language", "listWidth", "listShare"];

let current = read();
const listeners = new Set<() => void>();

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    const own = typeof stored === "object" && stored !== null ? valid(stored) : {};
    return { ...standard, ...own, ...valid(kept()) };
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

/** Puts the look in force; follows changes in other tabs and of the system. Called once, before the first render. */
export function startPreferences(): void {
  apply();
  window.addEventListener("storage", (event) => {
    if (event.key === key) replace(read());
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") sendKept();
  });
  // Style sheets follow the system by themselves; what is drawn otherwise has to be told.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => replace({ ...current }));
  onKept(() => replace({ ...current, ...valid(kept()) }));
}

function replace(next: Preferences) {
  current = next;
  apply();
  for (const listener of listeners) listener();
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  replace({ ...current, [name]: value });
  if (!local.includes(name)) keep(name, value);
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

/** Whether the page is dark now, whichever way that was chosen. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

function isDark(): boolean {
  return current.theme === "system"
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : current.theme === "dark";
}
