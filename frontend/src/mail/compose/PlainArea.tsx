/** The text of a message without formats; it grows with what is written. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { takeTyped } from "@/ui";
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
    const ahead = composer.takesTyped ? takeTyped().text : "";
    if (ahead !== "") composer.edit({ text: ahead + text });
    area.current?.focus();
    // Once the text is in it.
    queueMicrotask(() => area.current?.setSelectionRange(ahead.length, ahead.length));
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
