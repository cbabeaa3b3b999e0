/**
 * Keys pressed while what they are meant for is still being loaded: the field that comes takes the text; to
 * whatever else they are lost, and none of them acts as a shortcut. For a list Enter is its choice, for a text
 * a line's end.
 */
import { useLayoutEffect, useRef } from "react";

export type Typed = { text: string; isEntered: boolean };

const nothing: Typed = { text: "", isEntered: false };
/** The page and the parts of it that follow one another in loading hold one after the other. */
const GRACE_MS = 100;
const MOST = 2_000;

type Holder = { onEscape: () => void; isText: boolean };
let holders: readonly Holder[] = [];
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
export function holdKeys(onEscape: () => void, { isText = false } = {}): () => void {
  const holder = { onEscape, isText };
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
  const isText = holders.at(-1)?.isText === true;
  event.stopImmediatePropagation();
  if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(key)) {
    onChord(event);
    return;
  }
  event.preventDefault();
  if (key === "Escape") {
    takeTyped();
    holders.at(-1)?.onEscape();
  } else if (isText && (key === "Enter" || key === "Tab")) typed = { ...typed, text: `${typed.text}\n` };
  else if (key === "Enter") typed = { ...typed, isEntered: typed.text !== "" };
  else if (key === "Backspace") typed = { text: typed.text.slice(0, -1), isEntered: false };
  else if (key.length === 1 && !typed.isEntered && typed.text.length < MOST)
    typed = { text: typed.text + key, isEntered: false };
}

/** Stands where something is awaited that keys are meant for. */
export function TypingAhead({ onEscape, isText = false }: { onEscape: () => void; isText?: boolean }) {
  const latest = useRef(onEscape);
  useLayoutEffect(() => {
    latest.current = onEscape;
  });
  useLayoutEffect(() => holdKeys(() => latest.current(), { isText }), [isText]);
  return null;
}
