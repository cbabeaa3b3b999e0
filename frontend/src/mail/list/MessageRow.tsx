/** One row of the list: who, what, when; a dot when unread, a star, signs for attachments and labels. */
import { plural, t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { BellOff, Check, Clock, Paperclip, Star } from "lucide-react";
import { memo } from "react";
import { dueTime, listTime } from "@/lib/dates";
import { Avatar, Tag } from "@/ui";
import { correspondent, mailboxName, subjectOf } from "../names";
import { type Stand, standOf } from "../stand";
import type { Mailbox, Row } from "../store/types";
import { TagPills } from "../tags/TagPill";
import styles from "./MessageRow.module.css";

/** Where a finger holds a row, that is no drag. */
const hasTouch = matchMedia("(pointer: coarse)").matches;

export type MessageRowProps = {
  row: Row;
  index: number;
  top: number;
  /** The list's mailbox; in a search, that of the row, whose name is then shown. */
  mailbox: Mailbox | undefined;
  isSearch: boolean;
  /** In a list of conversations whose mail it is, to be called "me" among others. */
  own: string | undefined;
  isOpen: boolean;
  isCursor: boolean;
  isSelected: boolean;
  isSelecting: boolean;
};

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, index, top, mailbox, isSearch, own, isOpen, isCursor, isSelected, isSelecting } = props;
  const { t } = useLingui();
  const who = correspondent(row, mailbox, own);
  const stand = own === undefined ? row : standOf(row);
  const { isSeen, isFlagged } = stand;
  const subject = subjectOf(row);
  const timer = timerOf(row, mailbox);
  const time = timer === null ? listTime(row.receivedAt) : dueTime(timer.dueAt);
  return (
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      draggable={!hasTouch}
      data-index={index}
      data-id={row.id}
      data-unread={!isSeen || undefined}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
      data-selecting={isSelecting || undefined}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-current={isOpen ? "true" : undefined}
      aria-label={nameOfRow(row, stand, who.name, subject, time)}
      tabIndex={isCursor ? 0 : -1}
    >
      <div role="gridcell" className={styles.lead}>
        <span className={styles.dot} aria-hidden="true" />
        <span className={styles.face}>
          <Avatar name={who.name} address={who.address} />
          <button
            type="button"
            className={styles.select}
            data-act="select"
            tabIndex={-1}
            aria-label={t`Select`}
            aria-pressed={isSelected}
          >
            {isSelected && <Check aria-hidden="true" />}
          </button>
        </span>
      </div>
      <div role="gridcell" className={styles.text}>
        <span className={styles.who}>
          <span className={styles.name}>{who.name}</span>
          {row.threadCount > 1 && <span className={styles.count}>{row.threadCount}</span>}
        </span>
        <span className={styles.what}>
          <span className={styles.subject}>{subject}</span>
          {isSearch && mailbox !== undefined && mailbox.specialUse !== "INBOX" && (
            <Tag>{mailboxName(mailbox)}</Tag>
          )}
          {timer?.error != null && <Tag tone="danger">{t`Not sent`}</Tag>}
          {row.isReminder && <Tag tone="ember">{t`No answer yet`}</Tag>}
          <TagPills keywords={stand.keywords} most={2} />
        </span>
        <span className={styles.preview}>{row.preview}</span>
      </div>
      <div role="gridcell" className={styles.meta}>
        {row.isMuted && <BellOff className={styles.clip} aria-hidden="true" />}
        {timer !== null && <Clock className={styles.clip} aria-hidden="true" />}
        {row.hasAttachments && <Paperclip className={styles.clip} aria-hidden="true" />}
        <time dateTime={row.receivedAt}>{time}</time>
      </div>
      <div role="gridcell" className={styles.starCell}>
        <button
          type="button"
          className={styles.star}
          data-act="star"
          tabIndex={-1}
          aria-label={isFlagged ? t`Remove star` : t`Star`}
          aria-pressed={isFlagged}
        >
          <Star aria-hidden="true" />
        </button>
      </div>
    </div>
  );
});

/** The time a row waits for: only in the mailbox where it waits. */
function timerOf(row: Row, mailbox: Mailbox | undefined): Row["timer"] {
  const isWaiting =
    (row.timer?.kind === "SNOOZE" && mailbox?.specialUse === "SNOOZED") ||
    (row.timer?.kind === "SEND" && mailbox?.specialUse === "SCHEDULED");
  return isWaiting ? row.timer : null;
}

/** "Unread. Sofia Rossi. Re: Budget. 09:23. Has attachment. 3 messages" */
function nameOfRow(row: Row, stand: Stand, who: string, subject: string, time: string): string {
  const parts = [
    stand.isSeen ? "" : t`Unread`,
    who,
    subject,
    time,
    stand.isFlagged ? t`Starred` : "",
    row.isAnswered ? t`Answered` : "",
    row.isReminder ? t`No answer yet` : "",
    row.isMuted ? t`Muted` : "",
    row.hasAttachments ? t`Has attachment` : "",
    row.threadCount > 1 ? plural(row.threadCount, { one: "# message", other: "# messages" }) : "",
  ];
  return parts.filter(Boolean).join(". ");
}
