/** Send, formats, files, when it was saved, and throwing it away. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ImageIcon, Paperclip, SendHorizontal, Trash2 } from "lucide-react";
import { useRef } from "react";
import { isApple } from "@/lib/keys";
import { Button, IconButton } from "@/ui";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";
import type { EditorHandle, FormatState } from "./editor";
import { discard } from "./endings";
import { FormatBar } from "./FormatBar";
import { MessageMenu } from "./MessageMenu";
import { SendLater } from "./SendLater";
import type { ComposerState } from "./types";

export type ComposeFootProps = {
  composer: Composer;
  state: ComposerState;
  editor: EditorHandle | undefined;
  formats: FormatState | undefined;
  isLinking: boolean;
  onLinking: (isLinking: boolean) => void;
  onFiles: (files: readonly File[], intoText: boolean) => void;
  onSend: (at?: Date) => void;
};

export function ComposeFoot(props: ComposeFootProps) {
  const { composer, state, editor, formats, isLinking, onLinking, onFiles, onSend } = props;
  const { t } = useLingui();
  const files = useRef<HTMLInputElement>(null);
  const pictures = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement, intoText: boolean) => {
    onFiles([...(input.files ?? [])], intoText);
    input.value = "";
  };
  return (
    <footer className={styles.foot}>
      <Button
        variant="primary"
        className={styles.send}
        pending={state.send.kind === "sending"}
        icon={<SendHorizontal className={styles.narrowOnly} />}
        data-tip={t`Send`}
        data-tip-key={isApple ? "⌘↩" : "Ctrl+Enter"}
        onClick={() => onSend()}
      >
        <Trans>Send</Trans>
      </Button>
      <SendLater composer={composer} onSend={onSend} />
      <div className={styles.tools} role="toolbar" aria-label={t`Formats and files`}>
        {state.content.text === null && (
          <>
            <FormatBar editor={editor} formats={formats} isLinking={isLinking} onLinking={onLinking} />
            <IconButton
              label={t`Picture in the text`}
              disabled={editor === undefined}
              onClick={() => pictures.current?.click()}
            >
              <ImageIcon />
            </IconButton>
          </>
        )}
        <IconButton label={t`Attach files`} className={styles.attach} onClick={() => files.current?.click()}>
          <Paperclip />
        </IconButton>
      </div>
      <span className={styles.space} />
      <MessageMenu composer={composer} state={state} editor={editor} />
      <IconButton label={t`Discard`} onClick={() => discard(composer)}>
        <Trash2 />
      </IconButton>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t`Files to attach`}
        onChange={(event) => take(event.currentTarget, false)}
      />
      <input
        ref={pictures}
        type="file"
        multiple
        hidden
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={t`Pictures for the text`}
        onChange={(event) => take(event.currentTarget, true)}
      />
    </footer>
  );
}
