/** What a message says: notice of blocked pictures, the frame, attachments. One way for prefetched and fresh. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ImageOff, Paperclip } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { isDark, usePreferences } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { subjectOf } from "../names";
import { TrustSenderMutation } from "../store/documents";
import type { MessageDetail } from "../store/types";
import { hasOwnColours } from "./frameDocument";
import { MessageFrame } from "./MessageFrame";
import styles from "./Reading.module.css";

export function MessageBody({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  usePreferences(); // A change of theme changes the frame.
  const dark = isDark();
  const isDarkFriendly = detail.body.isDarkFriendly || !hasOwnColours(detail.body.html);
  const [original, setOriginal] = useState(() => originals.has(senderOf(detail)));

  function showOriginal(on: boolean) {
    setOriginal(on);
    if (on) originals.add(senderOf(detail));
    else originals.delete(senderOf(detail));
  }

  return (
    <>
      {detail.body.blockedImages > 0 && <BlockedImages detail={detail} />}
      <MessageFrame
        html={detail.body.html}
        subject={subjectOf(detail.row)}
        look={{ isDark: dark, isOriginal: original, isDarkFriendly }}
      />
      {detail.body.isTruncated && (
        <p className={styles.note}>
          <Trans>This message is very long; the rest is in the download.</Trans>{" "}
          <a href={`/files/${detail.id}/raw`} download>
            <Trans>Download message</Trans>
          </a>
        </p>
      )}
      {dark && !isDarkFriendly && (
        <button
          type="button"
          className={styles.original}
          aria-pressed={original}
          onClick={() => showOriginal(!original)}
        >
          {original ? t`Adapt colours` : t`Original colours`}
        </button>
      )}
      <Attachments detail={detail} />
    </>
  );
}

/** Senders whose colours are shown as they were sent, for this session. */
const originals = new Set<string>();

function senderOf(detail: MessageDetail): string {
  return (detail.from[0]?.address ?? "").toLowerCase();
}

function BlockedImages({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const sender = detail.from[0]?.address;

  async function show(always: boolean) {
    try {
      if (always && sender !== undefined) {
        await request(TrustSenderMutation, { address: sender, trusted: true });
        mailStore.bodies.forgetWhere((one) => one.id !== detail.id && one.from[0]?.address === sender);
      }
      await mailStore.bodies.fetch(detail.id, true);
    } catch (error) {
      toast({
        text: error instanceof Error ? error.message : t`The images could not be loaded.`,
        tone: "danger",
      });
    }
  }

  return (
    <div className={styles.blocked} role="note">
      <ImageOff aria-hidden="true" />
      <span>
        <Plural
          value={detail.body.blockedImages}
          one="# remote image is blocked."
          other="# remote images are blocked."
        />
      </span>
      <button type="button" onClick={() => void show(false)}>
        <Trans>Show once</Trans>
      </button>
      {sender !== undefined && (
        <button type="button" onClick={() => void show(true)}>
          <Trans>Always from this sender</Trans>
        </button>
      )}
    </div>
  );
}

function Attachments({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const files = detail.attachments.filter((file) => !file.isInline);
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t`Attachments`}>
      {files.map((file) => (
        <li key={file.part}>
          <a className={styles.file} href={file.url} download={file.name}>
            <Paperclip aria-hidden="true" />
            <span className="visually-hidden">{t`Download`} </span>
            <span className={styles.fileName}>{file.name || t`Unnamed file`}</span>
            <span className={styles.fileSize}>{formatBytes(file.sizeBytes)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
