/** Search as you type; what is typed is in the address bar, so Back brings results back. */
import { useLingui } from "@lingui/react/macro";
import { Search, X } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { IconButton } from "@/ui";
import styles from "./ListPane.module.css";

const PAUSE_MS = 60;

export type SearchBoxProps = {
  ref: Ref<HTMLInputElement>;
  query: string | undefined;
  onSearch: (text: string) => void;
  onLeave: () => void;
};

export function SearchBox({ ref, query, onSearch, onLeave }: SearchBoxProps) {
  const { t } = useLingui();
  const [text, setText] = useState(query ?? "");
  const [seen, setSeen] = useState(query);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back and Forward change the query without typing; what is being typed is newer than its echo.
  if (seen !== query) {
    setSeen(query);
    if ((query ?? "") !== text.trim()) setText(query ?? "");
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), PAUSE_MS);
  }

  return (
    <search className={styles.search}>
      <Search aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        enterKeyHint="search"
        aria-label={t`Search mail`}
        aria-keyshortcuts="/"
        placeholder={t`Search mail`}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            clearTimeout(timer.current);
            onSearch(text.trim());
            event.currentTarget.blur();
          } else if (event.key === "Escape") {
            event.stopPropagation();
            if (text !== "") change("");
            event.currentTarget.blur();
            onLeave();
          }
        }}
      />
      {text === "" ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <IconButton size="s" label={t`Clear search`} onClick={() => change("")}>
          <X />
        </IconButton>
      )}
    </search>
  );
}
