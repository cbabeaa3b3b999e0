/** Search as you type, with suggestions; what is typed is in the address bar, so Back brings results back. */
import { useLingui } from "@lingui/react/macro";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, lazy, type Ref, Suspense, useEffect, useId, useRef, useState } from "react";
import { useKeys } from "@/app";
import { ariaChord, showChord } from "@/lib/keys";
import { IconButton, useLayer } from "@/ui";
import { isPhone } from "../phone";
import type { Suggestion } from "../search";
import styles from "./ListPane.module.css";

const loadSearch = () => import("../search");
const SuggestionList = lazy(() => loadSearch().then((module) => ({ default: module.SuggestionList })));

const PAUSE_MS = 60;

export type SearchBoxProps = {
  ref: Ref<HTMLInputElement>;
  query: string | undefined;
  onSearch: (text: string) => void;
  onLeave: () => void;
};

export function SearchBox({ ref, query, onSearch, onLeave }: SearchBoxProps) {
  const { t } = useLingui();
  const key = useKeys().chord("find");
  const base = useId();
  const [text, setText] = useState(query ?? "");
  const [seen, setSeen] = useState(query);
  const [items, setItems] = useState<readonly Suggestion[]>([]);
  const [markedId, setMarkedId] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef("");

  // Back and Forward change the query without typing; what is being typed is newer than its echo.
  if (seen !== query) {
    setSeen(query);
    if ((query ?? "") !== text.trim()) setText(query ?? "");
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  // By name, not by place: what somebody has gone to stays marked when more suggestions come.
  const marked = markedId === undefined ? -1 : items.findIndex(({ id }) => id === markedId);
  const mark = (index: number) => setMarkedId(items[index]?.id);

  function suggestFor(next: string) {
    newest.current = next;
    loadSearch()
      .then((module) => module.suggest(next))
      .then((found) => {
        if (newest.current !== next) return;
        setItems(found);
      })
      .catch(() => undefined); // Without suggestions one searches all the same.
  }
  function change(next: string) {
    setText(next);
    setMarkedId(undefined);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      onSearch(next.trim());
      suggestFor(next);
    }, PAUSE_MS);
  }
  function closeList() {
    newest.current = "\0";
    setItems([]);
    setMarkedId(undefined);
  }
  function done(field: HTMLInputElement) {
    clearTimeout(timer.current);
    onSearch(text.trim());
    void loadSearch().then((module) => module.rememberSearch(text));
    closeList();
    field.blur();
  }
  function pick(item: Suggestion) {
    change(item.text);
    if (item.kind === "recent") closeList();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const chosen = items[marked];
    if (items.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((marked + step + 1 + items.length + 1) % (items.length + 1)) - 1);
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (chosen !== undefined) pick(chosen);
      else done(event.currentTarget);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (items.length > 0) return closeList();
      if (text !== "") change("");
      event.currentTarget.blur();
      onLeave();
    }
  }

  const isOpen = items.length > 0;
  // On a phone they cover the list.
  useLayer(isOpen && isPhone(), closeList);
  return (
    <search className={styles.search}>
      <Search aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        role="combobox"
        enterKeyHint="search"
        aria-label={t`Search mail`}
        aria-keyshortcuts={key && ariaChord(key)}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? base : undefined}
        aria-activedescendant={isOpen && marked >= 0 ? `${base}-${marked}` : undefined}
        placeholder={t`Search mail`}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={text}
        onFocus={() => suggestFor(text)}
        onBlur={closeList}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text === "" ? (
        key !== undefined && <kbd aria-hidden="true">{showChord(key)}</kbd>
      ) : (
        <IconButton size="s" label={t`Clear search`} onClick={() => change("")}>
          <X />
        </IconButton>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <SuggestionList id={base} items={items} marked={marked} onMark={mark} onPick={pick} />
        </Suspense>
      )}
    </search>
  );
}
