/** The editor's place; until its code is there, a plain field takes what is typed. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { takeTyped } from "@/ui";
import styles from "./Body.module.css";
import type { Composer } from "./composer";
import type { EditorHandle, FormatState, TakePicture } from "./editor";
import { editorHere, loadEditor } from "./loadEditor";
import { offerAsFile } from "./offerAsFile";
import { textToHtml } from "./quote";
import { shownPictures } from "./shownPictures";

export type EditorAreaProps = {
  composer: Composer;
  isFocused: boolean;
  onReady: (editor: EditorHandle | undefined) => void;
  onFormats: (formats: FormatState) => void;
  onFiles: (files: File[]) => void;
  onPicture: TakePicture;
  onLinkKey: () => void;
};

export function EditorArea(props: EditorAreaProps) {
  const { composer, isFocused, onReady } = props;
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(props);
  const [isReady, setReady] = useState(() => editorHere() !== undefined);
  const [hasFailed, setFailed] = useState(false);
  const label = t`Message text`;
  const quoteLabel = t`Original message`;

  useEffect(() => {
    latest.current = props;
  });

  // What was typed before this was here.
  useLayoutEffect(() => {
    if (plain.current === null || !composer.takesTyped) return;
    plain.current.value = takeTyped().text;
    plain.current.setSelectionRange(plain.current.value.length, plain.current.value.length);
  }, [composer]);

  useEffect(() => {
    let isGone = false;
    let handle: EditorHandle | undefined;
    const code = editorHere();
    if (code !== undefined) make(code);
    else
      loadEditor()
        .then(make)
        .catch(() => setFailed(true));

    function make({ createEditor }: NonNullable<typeof code>) {
      if (isGone || place.current === null) return;
      const before = plain.current;
      const typed = before?.value ?? (composer.takesTyped ? takeTyped().text : "");
      const caret = before?.selectionStart ?? typed.length;
      const hadFocus = before !== null && document.activeElement === before;
      handle = createEditor(place.current, {
        html: composer.get().content.html,
        label,
        quoteLabel,
        resolveCid: composer.uploads.urlOf,
        shownPictures: () => shownPictures(composer.get().content),
        onChange: () => composer.touched(),
        onFormats: (formats) => latest.current.onFormats(formats),
        onFiles: (files) => latest.current.onFiles(files),
        onLinkKey: () => latest.current.onLinkKey(),
        takePicture: (picture) => latest.current.onPicture(picture),
        onLongText: (text, takeOut) => offerAsFile(text, takeOut, (file) => latest.current.onFiles([file])),
      });
      composer.attach(handle);
      // The editor must be seen before it can have the focus.
      if (before !== null) flushSync(() => setReady(true));
      else setReady(true);
      onReady(handle);
      performance.mark("editor-ready");
      if (typed !== "") handle.insertTyped(typed, caret);
      if (isFocused || hadFocus) handle.focus(typed === "" ? "start" : undefined);
    }
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
