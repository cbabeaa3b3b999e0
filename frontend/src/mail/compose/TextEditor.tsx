/** The editor for texts that are kept: signatures and templates. Pictures are not part of them. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Spinner } from "@/ui";
import styles from "./Body.module.css";
import type { EditorHandle, FormatState } from "./editor";
import { FormatBar } from "./FormatBar";
import { loadEditor } from "./loadEditor";

export type TextEditorProps = {
  label: string;
  html: string;
  /** Called with what asks the editor for its HTML, once it is there. */
  onReady: (read: () => string) => void;
};

export function TextEditor({ label, html, onReady }: TextEditorProps) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const first = useRef({ label, html, onReady });
  const [editor, setEditor] = useState<EditorHandle>();
  const [formats, setFormats] = useState<FormatState>();
  const [isLinking, setLinking] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let isGone = false;
    let handle: EditorHandle | undefined;
    loadEditor()
      .then(({ createEditor }) => {
        if (isGone || place.current === null) return;
        handle = createEditor(place.current, {
          ...first.current,
          quoteLabel: "",
          resolveCid: () => undefined,
          onChange: () => undefined,
          onFormats: setFormats,
          onFiles: () => undefined,
          onLinkKey: () => setLinking(true),
        });
        setEditor(handle);
        first.current.onReady(handle.html);
      })
      .catch((error: unknown) => setProblem(String(error)));
    return () => {
      isGone = true;
      handle?.destroy();
    };
  }, []);

  return (
    <div className={styles.kept}>
      <div className={styles.keptTools} role="toolbar" aria-label={t`Formats`}>
        <FormatBar editor={editor} formats={formats} isLinking={isLinking} onLinking={setLinking} />
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {editor === undefined && problem === undefined && <Spinner label={t`Loading`} />}
      <div ref={place} className={styles.editor} />
    </div>
  );
}
