/**
 * All commands that can be given by key or in the palette.
 *
 * Components register theirs while they are mounted; the newest registration of a key wins. Keys typed into
 * fields, menus and dialogs are theirs, except chords with Mod.
 */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { chordOf, isTyping, showChord } from "@/lib/keys";
import { hearChords } from "@/ui";
import { keymap, onKeymap, useKeymap } from "./keymap";

export type Command = {
  id: string;
  /** In words, for the sheet and the palette; a command without is only a key. */
  label?: string;
  group?: string;
  /** "e", "Mod+k", "g i". */
  keys?: readonly string[];
  run: () => void;
  /** Not offered and not heard when false. */
  isEnabled?: boolean;
  /** Heard while a field has the focus. */
  whileTyping?: boolean;
};

const SEQUENCE_MS = 1_200;
let registrations: readonly { commands: readonly Command[] }[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();
let prefix: { chord: string; at: number } | undefined;

function changed() {
  const { keys } = keymap();
  all = registrations.flatMap(({ commands }) =>
    commands.map((command) => {
      const own = keys[command.id];
      return own === undefined ? command : { ...command, keys: own };
    }),
  );
  for (const listener of listeners) listener();
}

/** Registers commands for as long as the component is mounted; the latest closures are used. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  const entry = useRef<{ commands: readonly Command[] }>({ commands: [] });
  const stamp = JSON.stringify(
    commands.map(({ id, label, group, keys, isEnabled }) => [id, label, group, keys, isEnabled]),
  );

  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const own = entry.current;
    registrations = [...registrations, own];
    return () => {
      registrations = registrations.filter((one) => one !== own);
      changed();
    };
  }, []);
  useEffect(() => {
    entry.current.commands = latest.current.map((command, at) => ({
      ...command,
      run: () => latest.current[at]?.run(),
    }));
    changed();
  }, [stamp]);
}

/** Every command that can be given now, for the sheet and the palette. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

/** The key that gives a command now, as it is pressed and as it is shown; none where it is not heard. */
export function useKeys(): Record<"chord" | "shown", (id: string) => string | undefined> {
  const commands = useAllCommands();
  const { isOn } = useKeymap();
  const chord = (id: string) =>
    commands.findLast((command) => command.id === id)?.keys?.find((keys) => isOn || isAlwaysHeard(keys));
  return {
    chord,
    shown: (id) => {
      const keys = chord(id);
      return keys === undefined ? undefined : showChord(keys);
    },
  };
}

/** Chords that stay when single keys are turned off: no letter or sign by itself (WCAG 2.1.4). */
function isAlwaysHeard(chord: string): boolean {
  return /^(Mod|Ctrl)\+|^(Escape|Enter|Arrow)/.test(chord);
}

function find(chord: string): Command | undefined {
  return all.findLast((command) => command.isEnabled !== false && command.keys?.includes(chord));
}

function startsSequence(chord: string): boolean {
  return all.some(
    (command) => command.isEnabled !== false && command.keys?.some((keys) => keys.startsWith(`${chord} `)),
  );
}

/** Whether it presses a button or follows a link that has the focus: that is what it is for there. */
function isPress(chord: string, target: EventTarget | null): boolean {
  return (
    (chord === "Enter" || chord === "Space") &&
    target instanceof Element &&
    target.closest("a[href], button, summary") !== null
  );
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const chord = chordOf(event);
  if (isPress(chord, event.target)) return;
  const hasMod = event.ctrlKey || event.metaKey;
  const isElsewhere =
    isTyping(event.target) ||
    (event.target instanceof Element &&
      event.target.closest("[role=dialog],[role=alertdialog],[role=menu]") !== null);
  const first =
    prefix !== undefined && performance.now() - prefix.at < SEQUENCE_MS ? prefix.chord : undefined;
  prefix = undefined;
  const sequence = first === undefined ? undefined : find(`${first} ${chord}`);
  // "g z" where there is no such folder must not undo what was done last.
  const isHalf = first !== undefined && sequence === undefined && !hasMod && !isAlwaysHeard(chord);
  const command = sequence ?? (isHalf ? undefined : find(chord));
  if (isElsewhere && !hasMod && !command?.whileTyping) return;
  if (!keymap().isOn && !isAlwaysHeard(chord)) return;
  if (command !== undefined) {
    event.preventDefault();
    performance.mark("key");
    command.run();
  } else if (!hasMod && startsSequence(chord)) {
    prefix = { chord, at: performance.now() };
  }
}

/** Starts to listen; called once. */
export function startShortcuts(): void {
  document.addEventListener("keydown", onKeyDown);
  hearChords(onKeyDown);
  onKeymap(changed);
}
