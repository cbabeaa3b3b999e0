/** The subject as the page's title; one that would fill the page is folded until it is asked for. */
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import styles from "./Subject.module.css";

const LONG = 300;

export function Subject({ text, children }: { text: ReactNode; children?: ReactNode }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = typeof text === "string" && text.length > LONG;
  return (
    <>
      <div className={styles.line}>
        <h1 className={styles.subject} data-folded={(isLong && !isWhole) || undefined}>
          {text}
        </h1>
        {children}
      </div>
      {isLong && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? <Trans>Shorten the subject</Trans> : <Trans>Show the whole subject</Trans>}
        </button>
      )}
    </>
  );
}
