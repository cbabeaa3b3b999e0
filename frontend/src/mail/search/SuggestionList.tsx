/** The list below the search field; the field keeps the focus and moves the mark (combobox pattern). */
import { useLingui } from "@lingui/react/macro";
import { Clock, Folder, ListFilter, Paperclip, Tag, User } from "lucide-react";
import styles from "./Search.module.css";
import type { Suggestion } from "./suggest";

const icons = {
  person: User,
  folder: Folder,
  tag: Tag,
  file: Paperclip,
  operator: ListFilter,
  recent: Clock,
} as const;

export type SuggestionListProps = {
  id: string;
  items: readonly Suggestion[];
  marked: number;
  onMark: (index: number) => void;
  onPick: (item: Suggestion) => void;
};

export function SuggestionList({ id, items, marked, onMark, onPick }: SuggestionListProps) {
  const { t } = useLingui();
  return (
    <div className={styles.suggestions} role="listbox" id={id} aria-label={t`Suggestions`}>
      {items.map((item, index) => {
        const Icon = icons[item.kind];
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus.
          <div
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            className={styles.suggestion}
            aria-selected={index === marked}
            onPointerMove={() => onMark(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
          >
            <Icon aria-hidden="true" />
            <span>{item.label}</span>
            <small>{item.hint}</small>
          </div>
        );
      })}
    </div>
  );
}
