/** A field and the list it filters: palette, "move to". One field has the focus, arrows move a mark (combobox pattern). */
import { useLingui } from "@lingui/react/macro";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import styles from "./PickList.module.css";
import { takeTyped } from "./typedAhead";

export type PickItem = {
  id: string;
  label: string;
  /** Items of the same group stand together under its name, in the order given. */
  group?: string;
  icon?: ReactNode;
  shortcut?: string | undefined;
  /** Shown at the end: what the item stands for. */
  hint?: string;
  /** More text to be found by. */
  keywords?: string;
  /** Kept whatever is typed. */
  isAlways?: boolean;
};
export type PickListProps = {
  label: string;
  placeholder: string;
  /** A function is called with what is typed. */
  items: readonly PickItem[] | ((text: string) => readonly PickItem[]);
  empty: ReactNode;
  /** More may be found for what is typed: Enter waits for it where a mere last resort stands first. */
  isComing?: boolean;
  /** Told what is typed, for items that have to be looked for. */
  onText?: (text: string) => void;
  onPick: (id: string, text: string) => void;
};

export function PickList({
  label,
  placeholder,
  items,
  empty,
  isComing = false,
  onText,
  onPick,
}: PickListProps) {
  const { t } = useLingui();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const [isEntered, setEntered] = useState(false);
  const itemsFor = (typed: string) => filterItems(typeof items === "function" ? items(typed) : items, typed);
  const shown = itemsFor(text);
  const current = shown[Math.min(marked, shown.length - 1)];

  // What was typed before this was here.
  useLayoutEffect(() => {
    const ahead = takeTyped();
    if (ahead.text === "") return;
    type(ahead.text);
    setEntered(ahead.isEntered);
  }, []);

  useLayoutEffect(() => {
    const isLastResort = marked === 0 && (current === undefined || current.isAlways === true);
    if (!isEntered || (isComing && isLastResort)) return;
    setEntered(false);
    if (current !== undefined) onPick(current.id, text);
  });

  function type(next: string) {
    setText(next);
    onText?.(next);
    setMarked(0);
    setEntered(false);
  }
  function mark(index: number) {
    const next = (index + shown.length) % Math.max(1, shown.length);
    setMarked(next);
    setEntered(false);
    list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const at = Math.min(marked, shown.length - 1);
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") setEntered(true);
    else return;
    event.preventDefault();
  }

  return (
    <div className={styles.picker}>
      <div className={styles.field}>
        <Search aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the list opens in a dialog whose only purpose is this field.
          autoFocus
          role="combobox"
          aria-label={label}
          aria-expanded={current !== undefined}
          aria-controls={current === undefined ? undefined : `${base}-list`}
          aria-activedescendant={current === undefined ? undefined : `${base}-${current.id}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {shown.length === 0 && !isComing && <p className={styles.empty}>{empty}</p>}
      <div
        className={styles.list}
        role="listbox"
        id={`${base}-list`}
        aria-label={label}
        hidden={shown.length === 0}
        ref={list}
      >
        {shown.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group !== undefined && item.group !== shown[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {item.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus. */}
            <div
              id={`${base}-${item.id}`}
              role="option"
              className={styles.item}
              data-index={index}
              aria-selected={item === current}
              onPointerMove={() => setMarked(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onPick(item.id, text)}
            >
              <span className={styles.icon}>{item.icon}</span>
              <span className={styles.label}>{item.label}</span>
              {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
              {item.shortcut !== undefined && <kbd>{item.shortcut}</kbd>}
            </div>
          </div>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {shown.length === 0 && !isComing ? t`Nothing found` : ""}
      </p>
    </div>
  );
}

/** Items in which every typed word starts a word; those whose name starts so come first within their group. */
export function filterItems(items: readonly PickItem[], text: string): PickItem[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const found = items.filter((item) => {
    if (item.isAlways) return true;
    const hay = ` ${fold(`${item.label} ${item.keywords ?? ""}`)}`;
    return words.every((word) => hay.includes(` ${word}`) || hay.includes(`/${word}`));
  });
  const groups = [...new Set(found.map((item) => item.group))];
  const rank = (item: PickItem) => (fold(item.label).startsWith(words[0] ?? "") ? 0 : 1);
  return groups.flatMap((group) =>
    found.filter((item) => item.group === group).sort((a, b) => rank(a) - rank(b)),
  );
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
