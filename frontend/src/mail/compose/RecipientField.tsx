/**
 * Recipients as chips, with suggestions under the field (combobox pattern).
 *
 * Enter, Tab, comma and semicolon make a chip of what is typed; so does leaving the field. Backspace in the
 * empty field goes to the last chip, arrows move among the chips, Delete removes one, Enter or a press makes text
 * of it again. Undo in the empty field takes back what was added or removed. Shift+Delete removes the marked
 * suggestion for good.
 */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { announce } from "@/app";
import { fullAddress, nameOf, type Person } from "@/lib/addresses";
import { chordOf } from "@/lib/keys";
import { Avatar, takeTyped } from "@/ui";
import { isAddress, parseAddresses, splitTyped } from "./addressInput";
import { faultWords, RecipientNote } from "./RecipientNote";
import styles from "./Recipients.module.css";
import { distinct } from "./recipients";
import type { RecipientKind } from "./types";
import { useSuggestions } from "./useSuggestions";

const MOST_STEPS = 50;

export type RecipientFieldProps = {
  kind: RecipientKind;
  label: string;
  people: readonly Person[];
  autoFocus?: boolean;
  /** What was typed while the message was on its way is for this field. */
  takesTyped?: boolean;
  after?: ReactNode;
  /** Names the element that says what is wrong here. */
  complaintId?: string | undefined;
  /** Why the message has too many recipients, most of them here. */
  crowd?: string | undefined;
  onChange: (people: Person[]) => void;
};

export function RecipientField(props: RecipientFieldProps) {
  const { kind, label, people, autoFocus, takesTyped, after, complaintId, crowd, onChange } = props;
  const { t } = useLingui();
  const base = useId();
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const { people: suggested, hide } = useSuggestions(text);
  const suggestions = suggested.filter(
    (one) => !people.some((person) => person.address.toLowerCase() === one.address.toLowerCase()),
  );
  const isOpen = suggestions.length > 0 && text.trim() !== "";
  const past = useRef<(readonly Person[])[]>([]);
  const current = isOpen ? suggestions[Math.min(marked, suggestions.length - 1)] : undefined;

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);

  // Many chips scroll: the field one writes in stays in sight.
  useEffect(() => {
    if (document.activeElement === input.current) input.current?.scrollIntoView?.({ block: "nearest" });
  }, [people.length]);

  useLayoutEffect(() => {
    if (!takesTyped) return;
    const { whole, rest } = splitTyped(takeTyped().text);
    add(parseAddresses(whole));
    setText(rest);
  }, []);

  function change(next: Person[]) {
    past.current = [...past.current.slice(1 - MOST_STEPS), people];
    onChange(next);
  }
  function takeBack() {
    const before = past.current.pop();
    if (before === undefined) return;
    onChange([...before]);
    announce(t`Undone`);
    requestAnimationFrame(() => input.current?.focus());
  }
  /** Makes text of a chip again, to be mended. */
  function mend(index: number) {
    const person = people[index];
    if (person === undefined) return;
    const half = parseAddresses(text);
    change(distinct([...people.filter((_, at) => at !== index), ...half]));
    const whole = fullAddress(person);
    setText(whole);
    setMarked(0);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(whole.length, whole.length);
    });
  }
  function add(more: readonly Person[]) {
    if (more.length > 0) change(distinct([...people, ...more]));
    setText("");
    setMarked(0);
  }
  function remove(index: number, then: "input" | "chip") {
    const person = people[index];
    change(people.filter((_, at) => at !== index));
    if (person !== undefined) announce(t`${nameOf(person)} removed`);
    requestAnimationFrame(() =>
      then === "chip" ? focusChip(Math.max(0, index - 1)) : input.current?.focus(),
    );
  }
  function drop(person: Person) {
    hide(person);
    announce(t`${nameOf(person)} is suggested no more`);
  }
  function focusChip(index: number) {
    const chips = box.current?.querySelectorAll<HTMLElement>("[data-chip]") ?? [];
    const chip = index >= chips.length ? undefined : chips[Math.max(0, index)];
    (chip ?? input.current)?.focus();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key, ctrlKey, metaKey } = event;
    const isAtStart = event.currentTarget.selectionEnd === 0;
    if (isOpen && (key === "ArrowDown" || key === "ArrowUp")) {
      const step = key === "ArrowDown" ? 1 : -1;
      setMarked((Math.min(marked, suggestions.length - 1) + step + suggestions.length) % suggestions.length);
    } else if (current !== undefined && key === "Delete" && event.shiftKey) {
      drop(current);
    } else if (isOpen && key === "Escape") {
      setText("");
      event.stopPropagation();
    } else if (key === "Enter" && !ctrlKey && !metaKey) {
      if (current !== undefined) add([current]);
      else add(parseAddresses(text));
    } else if (key === "Tab" && current !== undefined && !isAddress(text.trim())) {
      add([current]);
    } else if ((key === "," || key === ";") && isAddress(lastPart(text))) {
      add(parseAddresses(text));
    } else if (chordOf(event.nativeEvent) === "Mod+z" && text === "" && past.current.length > 0) {
      takeBack();
    } else if ((key === "Backspace" || key === "ArrowLeft") && isAtStart && people.length > 0) {
      focusChip(people.length - 1);
    } else return;
    event.preventDefault();
  }
  function onChipKey(event: KeyboardEvent, index: number) {
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    if (event.key === "Backspace" || event.key === "Delete") remove(index, "chip");
    else if (chordOf(event.nativeEvent) === "Mod+z") takeBack();
    else if (event.key === (isRtl ? "ArrowRight" : "ArrowLeft")) focusChip(index - 1);
    else if (event.key === (isRtl ? "ArrowLeft" : "ArrowRight")) focusChip(index + 1);
    else return;
    event.preventDefault();
  }
  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text/plain");
    const found = parseAddresses(pasted);
    if (!found.some((person) => isAddress(person.address))) return;
    event.preventDefault();
    add(found);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the chips only goes to the field.
    <div
      role="group"
      aria-label={label}
      className={styles.field}
      data-recipients={kind}
      ref={box}
      onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
    >
      <label className={styles.label} htmlFor={`${base}-input`}>
        {label}
      </label>
      <div className={styles.people}>
        <div className={styles.chips}>
          {people.map((person, index) => (
            <button
              key={person.address}
              type="button"
              data-chip
              tabIndex={-1}
              className={styles.chip}
              data-invalid={!isAddress(person.address) || undefined}
              data-tip={tipOf(person)}
              aria-label={
                isAddress(person.address)
                  ? t`${nameOf(person)}, ${person.address}. Enter to change, Delete to remove`
                  : t`${nameOf(person)} is not an address. Enter to change, Delete to remove`
              }
              onKeyDown={(event) => onChipKey(event, index)}
              onClick={(event) => {
                const isCross =
                  event.target instanceof Element && event.target.closest("[data-remove]") !== null;
                if (isCross) remove(index, "input");
                else mend(index);
              }}
            >
              <span className={styles.name}>{nameOf(person)}</span>
              <span className={styles.remove} data-remove data-tip={t`Remove`}>
                <X aria-hidden="true" />
              </span>
            </button>
          ))}
          <input
            ref={input}
            id={`${base}-input`}
            className={styles.input}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={`${base}-list`}
            aria-autocomplete="list"
            aria-activedescendant={current === undefined ? undefined : `${base}-${current.address}`}
            aria-invalid={
              (complaintId ?? crowd) !== undefined || !people.every(({ address }) => isAddress(address))
            }
            aria-describedby={complaintId}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="email"
            enterKeyHint="next"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setMarked(0);
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => add(parseAddresses(text))}
          />
        </div>
        <RecipientNote people={people} crowd={crowd} onMend={mend} />
      </div>
      {after}
      <div
        className={styles.list}
        role="listbox"
        id={`${base}-list`}
        aria-label={t`Suggestions`}
        hidden={!isOpen}
      >
        {isOpen &&
          suggestions.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus.
            <div
              key={one.address}
              id={`${base}-${one.address}`}
              role="option"
              aria-selected={one === current}
              className={styles.option}
              onPointerMove={() => setMarked(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                add([one]);
                input.current?.focus();
              }}
            >
              <Avatar name={one.name} address={one.address} />
              <span className={styles.who}>
                <span className={styles.person}>{nameOf(one)}</span>
                {one.name !== "" && <span className={styles.address}>{one.address}</span>}
              </span>
              {/* By keys it is Shift+Delete: an option can hold no button. */}
              <span
                className={styles.drop}
                aria-hidden="true"
                data-tip={t`Suggest no more`}
                data-tip-key="Shift+Delete"
                onClick={(event) => {
                  event.stopPropagation();
                  drop(one);
                }}
              >
                <X />
              </span>
            </div>
          ))}
      </div>
    </div>
  );
}

/** What a chip does not show: the address behind a name, or what is wrong with it. */
function tipOf(person: Person): string | undefined {
  if (!isAddress(person.address)) return faultWords(person);
  return person.name === "" ? undefined : person.address;
}

function lastPart(text: string): string {
  return /([^\s<]*)>?\s*$/.exec(text)?.[1] ?? "";
}
