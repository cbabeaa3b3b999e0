/** The files of a message: each can be seen where that is possible, saved, and all saved at once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CalendarDays, Contact, Download, File, FileText, Image, Mail } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { formatBytes } from "@/lib/bytes";
import { formatNumber } from "@/lib/numbers";
import { Button, onDemand, toast } from "@/ui";
import { offerFile } from "../drag";
import type { MessageDetail } from "../store/types";
import styles from "./Attachments.module.css";
import { AttachmentsQuery } from "./documents";

export type AttachedFile = MessageDetail["attachments"][number];
const PAGE = 100;

const PreviewDialog = onDemand(async () => (await import("./preview/PreviewDialog")).PreviewDialog);

export type AttachmentsProps = { messageId: string; files: readonly AttachedFile[]; count: number };

export function Attachments({ messageId, files, count }: AttachmentsProps) {
  const { t } = useLingui();
  const [more, setMore] = useState<readonly AttachedFile[]>([]);
  const [isLoading, setLoading] = useState(false);
  const [opened, setOpened] = useState<string>();
  const known = [...files, ...more];
  const shown = known.filter((file) => !file.isInline);
  const rest = count - known.length;
  // What stands in the text comes first: others may be behind it.
  if (shown.length === 0 && rest <= 0) return null;

  async function loadMore() {
    setLoading(true);
    try {
      const page = await request(AttachmentsQuery, { messageId, offset: known.length, limit: PAGE });
      setMore([...more, ...page.attachments]);
    } catch (error) {
      toast({
        text: error instanceof Error ? error.message : t`The files could not be listed.`,
        tone: "danger",
      });
    } finally {
      setLoading(false);
    }
  }

  return (
    <div role="group" className={styles.attached} aria-label={t`Attachments`}>
      <ul className={styles.files}>
        {shown.map((file) => (
          <FileItem key={file.part} file={file} onOpen={() => setOpened(file.part)} />
        ))}
      </ul>
      <div className={styles.acts}>
        {rest > 0 && (
          <Button size="s" pending={isLoading} onClick={() => void loadMore()}>
            <Trans>
              Show {formatNumber(Math.min(PAGE, rest))} more of {formatNumber(count)}
            </Trans>
          </Button>
        )}
        {count > 1 && (
          <a className={styles.all} href={`/files/${messageId}/attachments.zip`} download>
            <Download aria-hidden="true" />
            <Trans>Download all</Trans>
          </a>
        )}
      </div>
      {opened !== undefined && (
        <PreviewDialog
          messageId={messageId}
          files={shown.filter((file) => file.preview !== null)}
          opened={opened}
          onOpen={setOpened}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}

function FileItem({ file, onOpen }: { file: AttachedFile; onOpen: () => void }) {
  const { t } = useLingui();
  const name = file.name || t`Unnamed file`;
  const label = (
    <>
      <FileSign file={file} />
      <span className={styles.name}>{name}</span>
      <span className={styles.size}>{formatBytes(file.sizeBytes)}</span>
    </>
  );
  return (
    <li
      className={styles.file}
      draggable
      onDragStart={(event) => offerFile(event, { type: file.contentType, name, url: file.url })}
    >
      {file.preview === null ? (
        <a className={styles.open} href={file.url} download={file.name}>
          <span className="visually-hidden">{t`Download`} </span>
          {label}
        </a>
      ) : (
        <>
          <button type="button" className={styles.open} onClick={onOpen}>
            <span className="visually-hidden">{t`Open`} </span>
            {label}
          </button>
          <a
            className={styles.save}
            href={file.url}
            download={file.name}
            aria-label={t`Download ${name}`}
            data-tip={t`Download`}
          >
            <Download aria-hidden="true" />
          </a>
        </>
      )}
    </li>
  );
}

function FileSign({ file }: { file: AttachedFile }) {
  switch (file.preview) {
    case "IMAGE":
      return <img className={styles.thumbnail} src={`${file.url}?inline=1`} alt="" loading="lazy" />;
    case "PDF":
    case "TEXT":
      return <FileText aria-hidden="true" />;
    case "MESSAGE":
      return <Mail aria-hidden="true" />;
    case "EVENT":
      return <CalendarDays aria-hidden="true" />;
    case "CONTACTS":
      return <Contact aria-hidden="true" />;
    case null:
      return file.contentType.startsWith("image/") ? (
        <Image aria-hidden="true" />
      ) : (
        <File aria-hidden="true" />
      );
  }
}
