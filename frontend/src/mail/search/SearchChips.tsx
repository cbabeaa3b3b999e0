/** What a search was understood to say, each part with a way to take it away; and keeping the search. */
import { Trans, useLingui } from "@lingui/react/macro";
import { BookmarkPlus, X } from "lucide-react";
import { useState } from "react";
import { useKept } from "@/app";
import { Button } from "@/ui";
import type { Term } from "../store/types";
import { tagOf } from "../tags/tags";
import { withoutPart } from "./queryText";
import { SaveSearchDialog } from "./SaveSearchDialog";
import styles from "./Search.module.css";

export type SearchChipsProps = { query: string; terms: readonly Term[]; onSearch: (query: string) => void };

export function SearchChips({ query, terms, onSearch }: SearchChipsProps) {
  const { t } = useLingui();
  const [isSaving, setSaving] = useState(false);
  const kept = useKept();
  if (terms.length === 0) return null;
  return (
    <div className={styles.chips}>
      <ul aria-label={t`What is searched for`}>
        {terms.map((term) => {
          const text = wordsOf(term);
          const value = term.operator === "tag" ? tagOf(kept, term.value).name : term.value;
          return (
            <li key={term.start} className={styles.chip} data-doubt={!term.isUnderstood || undefined}>
              <span>
                {term.operator !== null && <b>{term.operator}:</b>}{" "}
                {term.isExcluded ? t`not ${value}` : value}
                {!term.isUnderstood && <span className="visually-hidden">{t`, looked for as words`}</span>}
              </span>
              <button
                type="button"
                aria-label={t`Remove ${text}`}
                onClick={() => onSearch(withoutPart(query, term))}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
      <Button
        className={styles.save}
        size="s"
        variant="quiet"
        icon={<BookmarkPlus />}
        onClick={() => setSaving(true)}
      >
        <Trans>Save search</Trans>
      </Button>
      {isSaving && <SaveSearchDialog query={query} onClose={() => setSaving(false)} />}
    </div>
  );
}

function wordsOf({ operator, value, isExcluded }: Term): string {
  return `${isExcluded ? "-" : ""}${operator === null ? "" : `${operator}:`}${value}`;
}
