/** A button that waits for a key, or two of them one after the other, and tells them as a chord. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { chordOf, showChord } from "@/lib/keys";
import styles from "./ShortcutSheet.module.css";

const SECOND_MS = 1_000;
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph", "Dead"];

export function KeyCatcher({
  label,
  onKey,
  onEnd,
}: {
  label: string;
  onKey: (key: string) => void;
  onEnd: () => void;
}) {
  const { t } = useLingui();
  const [first, setFirst] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Tab" || MODIFIERS.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return onEnd();
    const chord = chordOf(event.nativeEvent);
    clearTimeout(timer.current);
    if (first !== undefined) return onKey(`${first} ${chord}`);
    setFirst(chord);
    timer.current = setTimeout(() => onKey(chord), SECOND_MS);
  }
  return (
    <button
      type="button"
      className={styles.catcher}
      // biome-ignore lint/a11y/noAutofocus: it appears where the keyboard is, to be typed into.
      autoFocus
      aria-label={t`Press the new key for ${label}, Escape to leave`}
      onKeyDown={onKeyDown}
      onBlur={onEnd}
    >
      {first === undefined ? <Trans>Press a key…</Trans> : `${showChord(first)} …`}
    </button>
  );
}
