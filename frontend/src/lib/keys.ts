/**
 * Keyboard chords as text: "e", "Shift+i", "Mod+Enter", and sequences of two: "g i".
 *
 * `Mod` is Command on Apple machines and Control elsewhere. Signs that need Shift ("#", "!", "?") are
 * written as the sign itself, so they work on every layout.
 */

export const isApple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

type KeyLike = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The chord a key event stands for. */
export function chordOf(event: KeyLike): string {
  const parts: string[] = [];
  const mod = isApple ? event.metaKey : event.ctrlKey;
  const other = isApple ? event.ctrlKey : event.metaKey;
  if (mod) parts.push("Mod");
  if (other) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  const isLetter = /^\p{L}$/u.test(event.key);
  if (event.shiftKey && (isLetter || event.key.length > 1)) parts.push("Shift");
  parts.push(isLetter ? event.key.toLowerCase() : event.key === " " ? "Space" : event.key);
  return parts.join("+");
}

const names: Record<string, string> = {
  Mod: isApple ? "⌘" : "Ctrl",
  Shift: isApple ? "⇧" : "Shift",
  Alt: isApple ? "⌥" : "Alt",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** How a chord is shown to people. */
export function showChord(chord: string): string {
  return chord
    .split(" ")
    .map((step) => {
      const parts = partsOf(step);
      // Beside a modifier a letter stands as it does on the keyboard.
      const shown = parts.map((part) => (parts.length > 1 && part.length === 1 ? part.toUpperCase() : part));
      return shown.map((part) => names[part] ?? part).join(isApple ? "" : "+");
    })
    .join(" ");
}

/** A chord as aria-keyshortcuts has it; sequences cannot be said there (WAI-ARIA 1.2 §6.7). */
export function ariaChord(chord: string): string | undefined {
  if (chord.includes(" ")) return undefined;
  const spoken: Record<string, string> = isApple
    ? { Mod: "Meta", Ctrl: "Control" }
    : { Mod: "Control", Ctrl: "Meta" };
  return partsOf(chord)
    .map((part) => spoken[part] ?? part)
    .join("+");
}

/** Modifiers and key; the plus sign is a key too. */
function partsOf(step: string): string[] {
  return step.split(/\+(?=.)/);
}

/** Whether a key pressed there is text for a field, and so not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)
  );
}
