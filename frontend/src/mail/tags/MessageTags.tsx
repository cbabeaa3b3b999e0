/** The tags of an open message, each with a way to take it away. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type MouseEvent, useEffect } from "react";
import { useKept } from "@/app";
import { setTag } from "../acts";
import { useRow } from "../mailStore";
import type { Row } from "../store/types";
import styles from "./Tags.module.css";
import { learnTags, type Tag, tagOf } from "./tags";

export function MessageTags({ row }: { row: Row }) {
  const { t } = useLingui();
  const kept = useKept();
  const { id, keywords } = useRow(row.id) ?? row;
  useEffect(() => learnTags(keywords), [keywords]);

  function takeAway(event: MouseEvent<HTMLButtonElement>, tag: Tag) {
    // The pressed button goes; who uses keys stays with the message.
    event.currentTarget.closest("section")?.focus({ preventScroll: true });
    setTag([id], tag, false);
  }

  if (keywords.length === 0) return null;
  return (
    <ul className={styles.tags} aria-label={t`Tags`}>
      {keywords.map((keyword) => {
        const tag = tagOf(kept, keyword);
        const { name, hue } = tag;
        return (
          <li key={keyword} className={styles.removable} data-hue={hue}>
            <span className={styles.tagName}>{name}</span>
            <button
              type="button"
              aria-label={t`Take away ${name}`}
              data-tip={t`Take away ${name}`}
              onClick={(event) => takeAway(event, tag)}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
