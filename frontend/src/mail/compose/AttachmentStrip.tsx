/** Files of the message, with what is under way and what went wrong. */
import { useLingui } from "@lingui/react/macro";
import { Paperclip, RotateCcw, X } from "lucide-react";
import { formatBytes } from "@/lib/bytes";
import { IconButton, ProgressBar } from "@/ui";
import styles from "./Body.module.css";
import type { Composer } from "./composer";
import type { Attachment } from "./types";

export function AttachmentStrip({ composer, files }: { composer: Composer; files: readonly Attachment[] }) {
  const { t } = useLingui();
  // Pictures of the text are seen in the text, unless they could not be uploaded.
  const shown = files.filter((file) => file.contentId === null || file.error !== null);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t`Attachments`}>
      {shown.map((file) => (
        <li key={file.key} className={styles.file} data-failed={file.error !== null || undefined}>
          <Paperclip aria-hidden="true" />
          <span className={styles.fileName}>{file.name}</span>
          <span className={styles.fileSize}>{file.error ?? formatBytes(file.sizeBytes)}</span>
          {file.error !== null && file.file !== undefined && (
            <IconButton
              size="s"
              label={t`Try again: ${file.name}`}
              onClick={() => composer.uploads.start(file)}
            >
              <RotateCcw />
            </IconButton>
          )}
          <IconButton
            size="s"
            label={t`Remove ${file.name}`}
            onClick={() => composer.uploads.remove(file.key)}
          >
            <X />
          </IconButton>
          {file.progress !== null && (
            <span className={styles.progress}>
              <ProgressBar label={t`Uploading ${file.name}`} value={file.progress} max={1} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
