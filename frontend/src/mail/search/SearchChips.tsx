/** What a search was understood to say, each part with a way to take it away; and keeping the search. */
import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { BookmarkPlus, X } from "lucide-react";
import { useState } from "react";
import { useKept } from "@/app";
import { Button } from "@/ui";
import type { Term } from "../store/types";
import { tagOf } from "../tags/tags";
import { withoutPartOf } from "./queryText";
import { SaveSearchDialog } from "./SaveSearchDialog";
import styles from "./Search.module.css";

export type SearchChipsProps = {
  /** The search these are the terms of, and what is being searched for by now. */
  query: string;
  newest: string;
  terms: readonly Term[];
  onSearch: (query: string) => void;
};

export function SearchChips({ query, newest, terms, onSearch }: SearchChipsProps) {
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
            <li key={term.start} className={styles.chip} data-doubt={term.doubt ?? undefined}>
              <span>
                {term.operator !== null && <b>{term.operator}:</b>}{" "}
                {term.isExcluded ? t`not ${value}` : value}
                {term.doubt !== null && <i> {doubtOf(term)}</i>}
              </span>
              <button
                type="button"
                aria-label={t`Remove ${text}`}
                onClick={() => onSearch(withoutPartOf(newest, query, term))}
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
      {isSaving && <SaveSearchDialog query={newest} onClose={() => setSaving(false)} />}
    </div>
  );
}

/** What became of a part that may not be what was meant. */
function doubtOf({ doubt, operator }: Term): string {
  if (doubt === "AS_WORDS") return t`looked for as words`;
  if (doubt === "LEFT_OUT") return t`left out`;
  return operator === "in" ? t`no such folder` : t`no such tag`;
}

function wordsOf({ operator, value, isExcluded }: Term): string {
  return `${isExcluded ? "-" : ""}${operator === null ? "" : `${operator}:`}${value}`;
}
