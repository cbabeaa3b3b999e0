/** The text of a message without formats; it grows with what is written. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import styles from "./Body.module.css";
import type { Composer } from "./composer";

export function PlainArea({
  composer,
  text,
  isFocused,
}: {
  composer: Composer;
  text: string;
  isFocused: boolean;
}) {
  const { t } = useLingui();
  const area = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (!isFocused) return;
    area.current?.focus();
    area.current?.setSelectionRange(0, 0);
  }, [isFocused]);

  return (
    <div className={styles.area}>
      <textarea
        ref={area}
        className={styles.plain}
        data-plain
        aria-label={t`Message text`}
        value={text}
        onChange={(event) => composer.edit({ text: event.target.value })}
      />
    </div>
  );
}
