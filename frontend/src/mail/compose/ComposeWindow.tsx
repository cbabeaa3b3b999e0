/** One message being written. Not modal: the mail behind it stays in reach. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Paperclip } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useViewer } from "@/app";
import { chordOf } from "@/lib/keys";
import { useLayer } from "@/ui";
import { AttachmentStrip } from "./AttachmentStrip";
import { isApart } from "./apart";
import { partByLink } from "./attachments";
import styles from "./Compose.module.css";
import { ComposeFoot } from "./ComposeFoot";
import { ComposeHead } from "./ComposeHead";
import type { Composer } from "./composer";
import { refusalOf } from "./delivery";
import { EditorArea } from "./EditorArea";
import type { EditorHandle, FormatState } from "./editor";
import { close } from "./endings";
import { fileDrag } from "./fileDrag";
import { HeadFields } from "./HeadFields";
import { LinkOffer } from "./LinkOffer";
import { PlainArea } from "./PlainArea";
import { ProblemBar } from "./ProblemBar";
import { followSeenArea } from "./seenArea";
import { send } from "./sending";
import { isPicture } from "./uploads";
import { useFileLinkLimits } from "./useFileLinkLimits";
import { useFocusBack } from "./useFocusBack";
import { WarningDialog } from "./WarningDialog";
import { type Warning, warningsOf } from "./warnings";

/** On a phone it does; at the foot of a larger page the mail beside it stays in use, and Back is for that. */
const coversPage = () => !isApart() && matchMedia("(max-width: 759px)").matches;

export function ComposeWindow({ composer }: { composer: Composer }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const state = useSyncExternalStore(composer.subscribe, composer.get);
  const [editor, setEditor] = useState<EditorHandle>();
  const [formats, setFormats] = useState<FormatState>();
  const [isLarge, setLarge] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const [warnings, setWarnings] = useState<Warning[]>([]);
  const [offered, setOffered] = useState<ReturnType<typeof partByLink>>();
  const limits = useFileLinkLimits();
  const isFileNear = useSyncExternalStore(fileDrag.subscribe, fileDrag.get);
  const [sendAt, setSendAt] = useState<Date>();
  const box = useRef<HTMLDivElement>(null);
  const { content, isMinimised } = state;
  const title = content.subject.trim() || t`New message`;
  const isSending = state.send.kind === "sending";
  const isBusy = state.isLent || isSending;
  useFocusBack();
  useLayer(!isMinimised && coversPage(), () => isBusy || close(composer));

  useEffect(() => {
    if (!isMinimised && state.focus === "to") {
      box.current?.querySelector<HTMLElement>("[data-recipients='to'] input")?.focus();
    }
  }, [isMinimised]);

  useEffect(() => (box.current === null ? undefined : followSeenArea(box.current)), []);

  function trySend(at?: Date) {
    setSendAt(at);
    // A half-written address becomes a chip when its field loses the focus.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    queueMicrotask(() => {
      if (refusalOf(composer.collect(), viewer.maxRecipients) === null) {
        const found = warningsOf(composer.get().content, composer.text, viewer.domain?.name ?? "");
        if (found.length > 0) return setWarnings(found);
      }
      void send(composer, viewer, at);
    });
  }
  /** Large ones are offered to go as links first. */
  function takeFiles(files: readonly File[]) {
    if (limits === undefined || limits.maxBytes === 0) return addFiles(files, false);
    const found = partByLink(files, content.attachments, viewer.maxMessageBytes, limits);
    if (found.rest.length > 0) addFiles(found.rest, false);
    if (found.large.length > 0) setOffered(found);
  }
  function addFiles(files: readonly File[], intoText: boolean) {
    const added = composer.uploads.add(files, viewer.maxMessageBytes, { isInline: intoText });
    for (const file of added) {
      if (file.contentId !== null) editor?.insertPicture(file.contentId, file.name);
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    // Keys of dialogs and menus opened from here come this way too, but are theirs.
    if (event.target instanceof Node && box.current?.contains(event.target) !== true) return;
    const chord = chordOf(event.nativeEvent);
    if (chord === "Mod+Enter") {
      event.preventDefault();
      trySend();
    } else if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.stopPropagation();
      close(composer);
    }
  }

  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      className={styles.window}
      data-minimised={isMinimised || undefined}
      data-large={isLarge || undefined}
      data-apart={isApart() || undefined}
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => {
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        takeFiles([...event.dataTransfer.files]);
      }}
    >
      <ComposeHead composer={composer} state={state} title={title} isLarge={isLarge} onLarge={setLarge} />
      <div className={styles.content} inert={isBusy || undefined} hidden={isMinimised}>
        <HeadFields composer={composer} state={state} />
        <div className={styles.scroll}>
          {content.text !== null ? (
            <PlainArea
              composer={composer}
              text={content.text}
              isFocused={state.focus === "body"}
              onFiles={takeFiles}
            />
          ) : (
            <EditorArea
              composer={composer}
              isFocused={state.focus === "body"}
              onReady={setEditor}
              onFormats={setFormats}
              onLinkKey={() => setLinking(true)}
              onPicture={(picture) => composer.uploads.take(picture, viewer.maxMessageBytes)}
              onFiles={(files) => {
                addFiles(files.filter(isPicture), true);
                takeFiles(files.filter((file) => !isPicture(file)));
              }}
            />
          )}
        </div>
        <AttachmentStrip composer={composer} files={content.attachments} />
      </div>
      {!isMinimised && (
        <>
          <ProblemBar composer={composer} state={state} onSend={() => trySend(sendAt)} />
          <ComposeFoot
            composer={composer}
            state={state}
            editor={editor}
            formats={formats}
            isLinking={isLinking}
            onLinking={setLinking}
            onFiles={(files, intoText) => (intoText ? addFiles(files, true) : takeFiles(files))}
            onSend={trySend}
          />
        </>
      )}
      {isFileNear && !isMinimised && !isBusy && (
        <div className={styles.dropHere} aria-hidden="true">
          <Paperclip />
          <Trans>Drop files here to attach them</Trans>
        </div>
      )}
      {offered !== undefined && limits !== undefined && (
        <LinkOffer
          files={offered.large}
          maxDays={limits.maxDays}
          canAttach={offered.canAttach}
          onClose={() => setOffered(undefined)}
          onAttach={() => {
            setOffered(undefined);
            addFiles(offered.large, false);
          }}
          onLink={(choice) => {
            setOffered(undefined);
            composer.uploads.addLinks(offered.large, choice);
          }}
        />
      )}
      <WarningDialog
        warnings={warnings}
        content={content}
        onClose={() => {
          setWarnings([]);
          // The dialog gives the focus back to the button first.
          requestAnimationFrame(() => requestAnimationFrame(() => editor?.focus()));
        }}
        onSend={() => {
          setWarnings([]);
          void send(composer, viewer, sendAt);
        }}
      />
    </div>
  );
}
