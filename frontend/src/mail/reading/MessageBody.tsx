/** What a message says: notice of blocked pictures, the frame, attachments. One way for prefetched and fresh. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { useIsDark } from "@/app";
import { subjectOf } from "../names";
import type { MessageDetail } from "../store/types";
import { Attachments } from "./Attachments";
import { BlockedImages } from "./BlockedImages";
import { hasOwnColours } from "./frameDocument";
import { chooseLook, useLook } from "./looks";
import styles from "./MessageBody.module.css";
import { MessageFrame } from "./MessageFrame";

const InvitationPart = lazy(() =>
  import("./preview/InvitationPart").then((module) => ({ default: module.InvitationPart })),
);

export function MessageBody({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const look = useLook(detail);
  const dark = useIsDark();
  const isDarkFriendly = detail.body.isDarkFriendly || !hasOwnColours(detail.body.html);
  const invitation = detail.attachments.find((file) => file.preview === "EVENT");

  return (
    <>
      {invitation !== undefined && (
        <Suspense fallback={null}>
          <InvitationPart messageId={detail.id} part={invitation.part} />
        </Suspense>
      )}
      {detail.body.blockedImages > 0 && detail.body.offersImages && !look.hideImages && (
        <BlockedImages detail={detail} />
      )}
      <MessageFrame
        html={detail.body.html}
        subject={subjectOf(detail.row)}
        look={{ isDark: dark, isOriginal: look.ownColours, isDarkFriendly }}
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
          aria-pressed={look.ownColours}
          onClick={() => void chooseLook(detail, { ownColours: !look.ownColours })}
        >
          {look.ownColours ? t`Adapt colours` : t`Original colours`}
        </button>
      )}
      <Attachments messageId={detail.id} files={detail.attachments} count={detail.attachmentCount} />
    </>
  );
}
