/** A message that is attached to another one, opened in its place; its own files open on top of it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ImageOff } from "lucide-react";
import type { AttachmentPreviewQuery } from "@/api";
import { useIsDark } from "@/app";
import { fullAddress } from "@/lib/addresses";
import { fullTime } from "@/lib/dates";
import { Attachments } from "../Attachments";
import { hasOwnColours } from "../frameDocument";
import { MessageFrame } from "../MessageFrame";
import styles from "./Preview.module.css";

type Message = NonNullable<AttachmentPreviewQuery["attachmentPreview"]["message"]>;
type Person = Message["from"][number];

export type AttachedMessageProps = { messageId: string; message: Message; onShowImages: () => void };

export function AttachedMessage({ messageId, message, onShowImages }: AttachedMessageProps) {
  const { t } = useLingui();
  const isDark = useIsDark();
  const subject = message.subject || t`No subject`;
  return (
    <article aria-label={subject}>
      <h3 className={styles.subject}>{subject}</h3>
      <dl className={styles.fields}>
        <People label={t`From`} people={message.from} />
        <People label={t`To`} people={message.to} />
        <People label={t`Cc`} people={message.cc} />
        {message.sentAt !== null && <Field label={t`Date`} value={fullTime(message.sentAt)} />}
      </dl>
      {message.blockedImages > 0 && message.offersImages && (
        <div className={styles.blocked} role="note">
          <ImageOff aria-hidden="true" />
          <Plural
            value={message.blockedImages}
            one="# remote image is blocked."
            other="# remote images are blocked."
          />
          <button type="button" onClick={onShowImages}>
            <Trans>Show once</Trans>
          </button>
        </div>
      )}
      <MessageFrame
        html={message.html}
        subject={subject}
        look={{
          isDark,
          isOriginal: false,
          isDarkFriendly: message.isDarkFriendly || !hasOwnColours(message.html),
        }}
      />
      {message.isTruncated && (
        <p className={styles.fine}>
          <Trans>This message is very long; the rest is in the download.</Trans>
        </p>
      )}
      <Attachments messageId={messageId} files={message.attachments} count={message.attachments.length} />
    </article>
  );
}

function People({ label, people }: { label: string; people: readonly Person[] }) {
  return people.length === 0 ? null : <Field label={label} value={people.map(fullAddress).join(", ")} />;
}

function Field({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
