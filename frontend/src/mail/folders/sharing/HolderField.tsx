/** Whom to share with: typed, with people and groups of the domain suggested. */
import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Field } from "@/ui";
import { HolderName } from "./HolderName";
import styles from "./Sharing.module.css";
import { useHolders } from "./useHolders";

export type HolderFieldProps = {
  value: string;
  error?: ReactNode;
  onChange: (value: string) => void;
};

export function HolderField({ value, error, onChange }: HolderFieldProps) {
  const { t } = useLingui();
  const base = useId();
  const [isAsking, setAsking] = useState(false);
  const [marked, setMarked] = useState(0);
  const holders = useHolders(isAsking ? value : "");
  const isOpen = isAsking && holders.length > 0 && holders.every(({ holder }) => holder !== value);
  const current = isOpen ? holders[Math.min(marked, holders.length - 1)] : undefined;

  function choose(holder: string) {
    onChange(holder);
    setAsking(false);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setMarked((marked + step + holders.length) % holders.length);
    else if (event.key === "Enter" && current !== undefined) choose(current.holder);
    else if (event.key === "Escape") setAsking(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className={styles.field}>
      <Field
        label={t`Share with`}
        placeholder={t`Name or address`}
        size={1}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${base}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : `${base}-${current.holder}`}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        value={value}
        error={error}
        onChange={(event) => {
          onChange(event.target.value);
          setAsking(true);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setAsking(false)}
      />
      <div
        className={styles.list}
        role="listbox"
        id={`${base}-list`}
        aria-label={t`Suggestions`}
        hidden={!isOpen}
      >
        {isOpen &&
          holders.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus.
            <div
              key={one.holder}
              id={`${base}-${one.holder}`}
              role="option"
              aria-selected={one === current}
              className={styles.option}
              onPointerMove={() => setMarked(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(one.holder)}
            >
              <HolderName {...one} />
            </div>
          ))}
      </div>
    </div>
  );
}
