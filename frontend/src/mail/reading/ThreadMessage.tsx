/** Another message of the conversation: one line, that opens in place and can be answered there. */
import { Trans, useLingui } from "@lingui/react/macro";
import {
  ChevronUp,
  Ellipsis,
  FileText,
  Forward,
  Paperclip,
  PencilLine,
  Printer,
  Reply,
  ReplyAll,
  SquareSplitVertical,
  Tag,
} from "lucide-react";
import { type MouseEvent, useEffect } from "react";
import { compose } from "@/app";
import { nameOf } from "@/lib/addresses";
import { listTime } from "@/lib/dates";
import { Avatar, IconButton, Menu, Spinner, toast } from "@/ui";
import { markOpened } from "../acts";
import { mailStore, useDetail, useRow } from "../mailStore";
import { subjectOf } from "../names";
import type { Row } from "../store/types";
import { DraftButton } from "./DraftButton";
import { MessageHeading } from "./MessageHeading";
import { MessageView } from "./MessageView";
import { printMessages } from "./print";
import { splitHere } from "./splitting";
import styles from "./ThreadMessage.module.css";

export type ThreadMessageProps = {
  row: Row;
  isOpen: boolean;
  onToggle: () => void;
  onSource: (id: string) => void;
  onTag: (ids: readonly string[]) => void;
};

export function ThreadMessage({ row: given, isOpen, onToggle, onSource, onTag }: ThreadMessageProps) {
  const { t } = useLingui();
  const row = useRow(given.id) ?? given;
  const detail = useDetail(row.id);
  const isMissing = isOpen && detail === undefined;

  useEffect(() => {
    if (!isMissing) return;
    mailStore.bodies
      .fetch(given.id)
      .then((found) => found !== null && markOpened(mailStore.row(given.id) ?? found.row))
      .catch((error: unknown) => {
        toast({
          text: error instanceof Error ? error.message : t`The message could not be loaded.`,
          tone: "danger",
        });
      });
  }, [isMissing, given.id, t]);

  function toggle(event: MouseEvent<HTMLButtonElement>) {
    // The pressed button gives way to another one; who uses keys stays with the message.
    event.currentTarget.closest("section")?.focus({ preventScroll: true });
    onToggle();
  }

  return (
    <section
      role="group"
      className={styles.threadItem}
      data-message={row.id}
      data-open={isOpen || undefined}
      tabIndex={-1}
      aria-label={t`Message from ${nameOf(row.from)}`}
    >
      {isOpen && detail !== undefined ? (
        <MessageHeading detail={detail} />
      ) : (
        <h2>
          <button
            type="button"
            className={styles.threadLine}
            aria-expanded={isOpen}
            onClick={toggle}
            data-unread={!row.isSeen || undefined}
          >
            <Avatar name={nameOf(row.from)} address={row.from.address} size="s" />
            <span className={styles.threadName}>{nameOf(row.from)}</span>
            {row.isDraft && (
              <span className={styles.draft}>
                <Trans>Draft</Trans>
              </span>
            )}
            <span className={styles.threadText}>{row.preview || subjectOf(row)}</span>
            <time dateTime={row.receivedAt}>{listTime(row.receivedAt)}</time>
          </button>
        </h2>
      )}
      {isMissing && (
        <div className={styles.waiting}>
          <Spinner label={t`Loading message`} />
        </div>
      )}
      {isOpen && detail !== undefined && (
        <MessageView
          detail={detail}
          menu={
            <>
              <IconButton size="s" label={t`Fold this message`} onClick={toggle}>
                <ChevronUp />
              </IconButton>
              <ThreadMessageMenu row={row} onSource={onSource} onTag={onTag} />
            </>
          }
        />
      )}
      {isOpen && detail !== undefined && row.isDraft && row.timer?.kind !== "SEND" && (
        <DraftButton id={row.id} />
      )}
    </section>
  );
}

function ThreadMessageMenu({ row, onSource, onTag }: Pick<ThreadMessageProps, "row" | "onSource" | "onTag">) {
  const { t } = useLingui();
  const answer = (kind: "reply" | "replyAll" | "forward" | "draft") => () =>
    void compose({ kind, messageId: row.id });
  return (
    <Menu
      label={t`More`}
      placement="bottom end"
      groups={[
        {
          id: "answer",
          items: row.isDraft
            ? [{ id: "draft", label: t`Continue writing`, icon: <PencilLine />, onAction: answer("draft") }]
            : [
                { id: "reply", label: t`Reply`, icon: <Reply />, onAction: answer("reply") },
                { id: "all", label: t`Reply all`, icon: <ReplyAll />, onAction: answer("replyAll") },
                { id: "forward", label: t`Forward`, icon: <Forward />, onAction: answer("forward") },
                {
                  id: "attach",
                  label: t`Forward as attachment`,
                  icon: <Paperclip />,
                  onAction: () => void compose({ kind: "attach", messageIds: [row.id] }),
                },
              ],
        },
        {
          id: "message",
          items: [
            { id: "tag", label: t`Tag…`, icon: <Tag />, onAction: () => onTag([row.id]) },
            {
              id: "split",
              label: t`Split conversation here`,
              icon: <SquareSplitVertical />,
              onAction: () => void splitHere(row),
            },
            {
              id: "print",
              label: t`Print`,
              icon: <Printer />,
              onAction: () => void printMessages([row.id]),
            },
            {
              id: "origin",
              label: t`Where it comes from`,
              icon: <FileText />,
              onAction: () => onSource(row.id),
            },
          ],
        },
      ]}
      trigger={(props) => (
        <IconButton {...props} size="s" label={t`More about this message`}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
