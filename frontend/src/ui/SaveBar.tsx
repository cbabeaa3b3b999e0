/**
 * Foot of a form with unsaved changes: how many, what they are, save or go back; the page is not left without a
 * question. Absent while there are none.
 */
import { Plural, Trans } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./Button";
import { noteSent } from "./firstBad";
import styles from "./SaveBar.module.css";
import { Unsaved } from "./Unsaved";

export type SaveBarProps = {
  /** Number of changes; the bar is shown when it is above zero. */
  count: number;
  pending?: boolean;
  error?: ReactNode;
  /** The changes in words, behind a "Show" disclosure. */
  diff?: ReactNode;
  onSave: () => void;
  onReset: () => void;
};

export function SaveBar(props: SaveBarProps) {
  return props.count === 0 ? null : <Bar {...props} />;
}

function Bar({ count, pending, error, diff, onSave, onReset }: SaveBarProps) {
  const bar = useRef<HTMLElement>(null);
  // It comes while somebody types, and must not lie over the field.
  useEffect(() => {
    const { activeElement } = document;
    if (bar.current?.parentElement?.contains(activeElement))
      activeElement?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={bar} className={styles.bar} aria-live="polite">
      <Unsaved />
      <div className={styles.row}>
        <span className={styles.count}>
          <Plural value={count} one="# change" other="# changes" />
        </span>
        {error !== undefined && (
          <span className={styles.error} role="alert">
            {error}
          </span>
        )}
        <span className={styles.space} />
        <Button variant="quiet" disabled={pending} onClick={onReset}>
          <Trans>Discard</Trans>
        </Button>
        <Button
          variant="primary"
          pending={pending}
          onClick={() => {
            noteSent(bar.current?.parentElement ?? null);
            onSave();
          }}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
      {diff !== undefined && (
        <details className={styles.diff}>
          <summary>
            <Trans>Show what changes</Trans>
          </summary>
          {diff}
        </details>
      )}
    </section>
  );
}
