/** The editor's place; until its code is there, a plain field takes what is typed. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import styles from "./Body.module.css";
import type { Composer } from "./composer";
import type { EditorHandle, FormatState } from "./editor";
import { textToHtml } from "./quote";

export type EditorAreaProps = {
  composer: Composer;
  isFocused: boolean;
  onReady: (editor: EditorHandle | undefined) => void;
  onFormats: (formats: FormatState) => void;
  onFiles: (files: File[]) => void;
  onLinkKey: () => void;
};

export function EditorArea(props: EditorAreaProps) {
  const { composer, isFocused, onReady } = props;
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(props);
  const [isReady, setReady] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const label = t`Message text`;
  const quoteLabel = t`Original message`;

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let isGone = false;
    let handle: EditorHandle | undefined;
    import("./editor")
      .then(({ createEditor }) => {
        if (isGone || place.current === null) return;
        const typed = plain.current?.value ?? "";
        const caret = plain.current?.selectionStart ?? 0;
        const hadFocus = document.activeElement === plain.current;
        handle = createEditor(place.current, {
          html: composer.get().content.html,
          label,
          quoteLabel,
          resolveCid: composer.uploads.urlOf,
          onChange: () => composer.touched(),
          onFormats: (formats) => latest.current.onFormats(formats),
          onFiles: (files) => latest.current.onFiles(files),
          onLinkKey: () => latest.current.onLinkKey(),
        });
        composer.attach(handle);
        // The editor must be seen before it can have the focus.
        flushSync(() => setReady(true));
        onReady(handle);
        performance.mark("editor-ready");
        if (typed !== "") handle.insertTyped(typed, caret);
        if (isFocused || hadFocus) handle.focus(typed === "" ? "start" : undefined);
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      if (handle === undefined) return;
      composer.attach(undefined);
      handle.destroy();
      onReady(undefined);
      setReady(false);
    };
  }, [composer]);

  return (
    <div className={styles.area} data-ready={isReady || undefined}>
      {!isReady && (
        <textarea
          ref={plain}
          className={styles.plain}
          aria-label={label}
          placeholder={hasFailed ? t`The editor could not be loaded; plain text works.` : undefined}
          // biome-ignore lint/a11y/noAutofocus: an answer begins in its text.
          autoFocus={isFocused}
          onChange={(event) => hasFailed && takeOver(composer, event.target.value)}
        />
      )}
      <div ref={place} className={styles.editor} />
    </div>
  );
}

const originals = new WeakMap<Composer, string>();

/** What was typed into the plain field goes before what was there. */
function takeOver(composer: Composer, typed: string) {
  const before = originals.get(composer) ?? composer.get().content.html;
  originals.set(composer, before);
  composer.edit({ html: textToHtml(typed) + before });
}
