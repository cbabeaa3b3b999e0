/**
 * Keys pressed while what they are meant for is still being loaded: a list with a field takes the text when it
 * comes; to whatever else they are lost, and none of them acts as a shortcut.
 */
import { useLayoutEffect, useRef } from "react";

export type Typed = { text: string; isEntered: boolean };

const nothing: Typed = { text: "", isEntered: false };
/** The page and the parts of it that follow one another in loading hold one after the other. */
const GRACE_MS = 100;
const MOST = 200;

let holders: readonly { onEscape: () => void }[] = [];
let typed = nothing;
let forgetting: ReturnType<typeof setTimeout> | undefined;
let onChord: (event: KeyboardEvent) => void = () => undefined;

/** Chords with Ctrl, Meta or Alt, and keys for functions, are not held: they are given to that one, once for all. */
export function hearChords(listener: (event: KeyboardEvent) => void): void {
  onChord = listener;
}

/** What was typed until now; it is given once. */
export function takeTyped(): Typed {
  const taken = typed;
  typed = nothing;
  return taken;
}

/** Holds keys until what it gives back is called; Escape calls the newest `onEscape`. */
export function holdKeys(onEscape: () => void): () => void {
  const holder = { onEscape };
  if (holders.length === 0) window.addEventListener("keydown", hold, { capture: true });
  holders = [...holders, holder];
  clearTimeout(forgetting);
  return () => {
    holders = holders.filter((one) => one !== holder);
    if (holders.length > 0) return;
    window.removeEventListener("keydown", hold, { capture: true });
    forgetting = setTimeout(takeTyped, GRACE_MS);
  };
}

function hold(event: KeyboardEvent): void {
  const { key } = event;
  event.stopImmediatePropagation();
  if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(key)) {
    onChord(event);
    return;
  }
  event.preventDefault();
  if (key === "Escape") {
    takeTyped();
    holders.at(-1)?.onEscape();
  } else if (key === "Enter") typed = { ...typed, isEntered: typed.text !== "" };
  else if (key === "Backspace") typed = { text: typed.text.slice(0, -1), isEntered: false };
  else if (key.length === 1 && !typed.isEntered && typed.text.length < MOST)
    typed = { text: typed.text + key, isEntered: false };
}

/** Stands where something is awaited that keys are meant for. */
export function TypingAhead({ onEscape }: { onEscape: () => void }) {
  const latest = useRef(onEscape);
  useLayoutEffect(() => {
    latest.current = onEscape;
  });
  useLayoutEffect(() => holdKeys(() => latest.current()), []);
  return null;
}
