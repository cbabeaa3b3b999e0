/** The text of a message without formats; it grows with what is written. */
import { useLingui } from "@lingui/react/macro";
import { type ClipboardEvent, useEffect, useRef } from "react";
import { takeTyped } from "@/ui";
import styles from "./Body.module.css";
import type { Composer } from "./composer";
import { hasLongLine, withShortLines } from "./longLines";
import { offerAsFile } from "./offerAsFile";

export function PlainArea({
  composer,
  text,
  isFocused,
  onFiles,
}: {
  composer: Composer;
  text: string;
  isFocused: boolean;
  onFiles: (files: File[]) => void;
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

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const pasted = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    if (!hasLongLine(pasted)) return;
    event.preventDefault();
    const field = event.currentTarget;
    const before = field.value;
    field.setRangeText(withShortLines(pasted), field.selectionStart, field.selectionEnd, "end");
    const after = field.value;
    composer.edit({ text: after });
    const takeOut = () => composer.get().content.text === after && composer.edit({ text: before });
    offerAsFile(pasted, takeOut, (file) => onFiles([file]));
  }

  return (
    <div className={styles.area}>
      <textarea
        ref={area}
        className={styles.plain}
        data-plain
        aria-label={t`Message text`}
        value={text}
        onPaste={onPaste}
        onChange={(event) => composer.edit({ text: event.target.value })}
      />
    </div>
  );
}
