/** A file of a message, shown before anybody saves it, and the files beside it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { Button, Dialog, IconButton, Spinner } from "@/ui";
import type { AttachedFile } from "../Attachments";
import { PreviewQuery } from "../documents";
import { useRemote } from "../useRemote";
import { AttachedMessage } from "./AttachedMessage";
import { ContactCards } from "./ContactCards";
import { Invitation } from "./Invitation";
import styles from "./Preview.module.css";

export type PreviewDialogProps = {
  messageId: string;
  files: readonly AttachedFile[];
  opened: string;
  onOpen: (part: string) => void;
  onClose: () => void;
};

export function PreviewDialog({ messageId, files, opened, onOpen, onClose }: PreviewDialogProps) {
  const { t } = useLingui();
  const at = files.findIndex(({ part }) => part === opened);
  const file = files[at];
  if (file === undefined) return null;

  function step(by: number) {
    const next = files[at + by];
    if (next !== undefined) onOpen(next.part);
  }

  return (
    <Dialog
      open
      size="l"
      title={file.name || t`Unnamed file`}
      onClose={onClose}
      footer={
        <>
          <span className={styles.steps}>
            <IconButton label={t`Previous file`} disabled={at === 0} onClick={() => step(-1)}>
              <ChevronLeft />
            </IconButton>
            <IconButton label={t`Next file`} disabled={at === files.length - 1} onClick={() => step(1)}>
              <ChevronRight />
            </IconButton>
          </span>
          <a className={styles.download} href={file.url} download={file.name}>
            <Download aria-hidden="true" />
            <Trans>Download</Trans>
          </a>
          <Button variant="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </>
      }
    >
      <div className={styles.stage}>
        <Content key={file.part} messageId={messageId} file={file} />
      </div>
    </Dialog>
  );
}

function Content({ messageId, file }: { messageId: string; file: AttachedFile }) {
  const { t } = useLingui();
  switch (file.preview) {
    case "IMAGE":
      return <img className={styles.picture} src={`${file.url}?inline=1`} alt={file.name || t`Picture`} />;
    case "PDF":
      // Browsers without a viewer of their own would save the file instead.
      return navigator.pdfViewerEnabled === false ? (
        <p>
          <Trans>This browser shows no PDF files. Download it to read it.</Trans>
        </p>
      ) : (
        <iframe className={styles.pdf} src={`${file.url}?inline=1`} title={file.name || t`Document`} />
      );
    default:
      return <Asked messageId={messageId} file={file} />;
  }
}

/** What the server reads out of the file. */
function Asked({ messageId, file }: { messageId: string; file: AttachedFile }) {
  const { t } = useLingui();
  const [showImages, setShowImages] = useState<boolean | null>(null);
  const { value, error } = useRemote(`${messageId} ${file.part} ${showImages}`, (signal) =>
    request(PreviewQuery, { messageId, part: file.part, showImages }, { signal }),
  );
  if (error !== undefined) return <p role="alert">{error}</p>;
  if (value === undefined) return <Spinner label={t`Loading`} />;
  const { text, isTruncated, message, invitation, contacts } = value.attachmentPreview;
  if (message !== null)
    return (
      <AttachedMessage messageId={messageId} message={message} onShowImages={() => setShowImages(true)} />
    );
  if (invitation !== null)
    return <Invitation messageId={messageId} part={file.part} invitation={invitation} />;
  if (contacts !== null) return <ContactCards cards={contacts} />;
  return (
    <>
      <pre className={styles.text}>{text}</pre>
      {isTruncated && (
        <p className={styles.fine}>
          <Trans>This is the beginning; the rest is in the download.</Trans>
        </p>
      )}
    </>
  );
}
