/** Acts on the open message. Every button keeps its place, whatever the message is. */
import { useLingui } from "@lingui/react/macro";
import {
  Archive,
  ArrowLeft,
  Bell,
  BellOff,
  BellRing,
  Clock,
  Download,
  Ellipsis,
  FileText,
  FolderInput,
  Forward,
  ListFilter,
  Mail,
  MessagesSquare,
  Paperclip,
  Printer,
  Reply,
  ReplyAll,
  Route,
  ShieldAlert,
  ShieldBan,
  SquareSplitVertical,
  Star,
  Tag,
  Trash2,
} from "lucide-react";
import { compose, setPreference, useKeys, usePreferences } from "@/app";
import { IconButton, Menu } from "@/ui";
import { daysName, REMIND_DAYS, remindIn } from "../later";
import type { ListActs } from "../list/ListPane";
import { mailStore } from "../mailStore";
import type { Row } from "../store/types";
import { inOrder } from "./conversation";
import { printMessages } from "./print";
import styles from "./ReadingToolbar.module.css";
import type { SourceView } from "./SourceDialog";
import { splitHere } from "./splitting";

export type ReadingToolbarProps = {
  row: Row;
  acts: ListActs & { markUnread: () => void; filter: () => void };
  isJunk: boolean;
  onBack: () => void;
  onSource: (view: SourceView) => void;
  /** The other messages of its conversation. */
  others: readonly Row[];
};

export function ReadingToolbar({ row, others, acts, isJunk, onBack, onSource }: ReadingToolbarProps) {
  const { t } = useLingui();
  const keys = useKeys();
  const use = mailStore.mailbox(row.mailboxId)?.specialUse;
  const isSent = use === "SENT";
  const { conversations, separateMailboxes, conversationOrder } = usePreferences();
  const isSeparate = separateMailboxes.includes(row.mailboxId);
  const isFirst = others.every((one) => one.receivedAt > row.receivedAt);
  function toggleSeparate() {
    const rest = separateMailboxes.filter((id) => id !== row.mailboxId);
    setPreference("separateMailboxes", isSeparate ? rest : [...rest, row.mailboxId]);
  }
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t`Message`}>
      <IconButton
        className={styles.back}
        label={t`Back to the list`}
        shortcut={keys.chord("back")}
        onClick={onBack}
      >
        <ArrowLeft />
      </IconButton>
      <IconButton label={t`Archive`} shortcut={keys.chord("archive")} onClick={acts.archive}>
        <Archive />
      </IconButton>
      <IconButton label={t`Delete`} shortcut={keys.chord("delete")} onClick={acts.trash}>
        <Trash2 />
      </IconButton>
      <IconButton label={t`Move to`} shortcut={keys.chord("move")} onClick={acts.move}>
        <FolderInput />
      </IconButton>
      <IconButton
        label={use === "SCHEDULED" ? t`Change time` : t`Snooze`}
        shortcut={keys.chord("snooze")}
        onClick={acts.snooze}
      >
        <Clock />
      </IconButton>
      <IconButton
        label={row.isFlagged ? t`Remove star` : t`Star`}
        shortcut={keys.chord("star")}
        className={styles.starButton}
        aria-pressed={row.isFlagged}
        onClick={acts.toggleStar}
      >
        <Star />
      </IconButton>
      <span className={styles.space} />
      <Menu
        label={t`More`}
        placement="bottom end"
        groups={[
          {
            id: "answer",
            items: [
              {
                id: "reply",
                label: t`Reply`,
                icon: <Reply />,
                shortcut: keys.shown("reply"),
                onAction: () => void compose({ kind: "reply", messageId: row.id }),
              },
              {
                id: "all",
                label: t`Reply all`,
                icon: <ReplyAll />,
                shortcut: keys.shown("reply-all"),
                onAction: () => void compose({ kind: "replyAll", messageId: row.id }),
              },
              {
                id: "forward",
                label: t`Forward`,
                icon: <Forward />,
                shortcut: keys.shown("forward"),
                onAction: () => void compose({ kind: "forward", messageId: row.id }),
              },
              {
                id: "attach",
                label: t`Forward as attachment`,
                icon: <Paperclip />,
                onAction: acts.attach,
              },
            ],
          },
          {
            id: "state",
            items: [
              {
                id: "unread",
                label: t`Mark as unread`,
                icon: <Mail />,
                shortcut: keys.shown("unread"),
                onAction: acts.markUnread,
              },
              {
                id: "tag",
                label: t`Tag…`,
                icon: <Tag />,
                shortcut: keys.shown("tag"),
                onAction: acts.tag,
              },
              {
                id: "mute",
                label: row.isMuted ? t`Unmute conversation` : t`Mute conversation`,
                icon: row.isMuted ? <Bell /> : <BellOff />,
                shortcut: keys.shown("mute"),
                onAction: acts.toggleMuted,
              },
              {
                id: "junk",
                label: isJunk ? t`Not junk` : t`Junk`,
                icon: <ShieldAlert />,
                shortcut: keys.shown("junk"),
                onAction: acts.junk,
              },
              {
                id: "block",
                label: t`Block sender`,
                icon: <ShieldBan />,
                disabled: row.from.address === "",
                onAction: () =>
                  void import("@/rules").then(({ blockSender }) => blockSender(row.from.address)),
              },
              {
                id: "filter",
                label: t`Filter messages like this…`,
                icon: <ListFilter />,
                onAction: acts.filter,
              },
            ],
          },
          ...(isSent
            ? [
                {
                  id: "remind",
                  label: t`Remind me if nobody answers`,
                  items: REMIND_DAYS.map((days) => ({
                    id: `remind-${days}`,
                    label: daysName(days),
                    icon: <BellRing />,
                    onAction: () => void remindIn(row.id, days),
                  })),
                },
              ]
            : []),
          {
            id: "file",
            items: [
              {
                id: "print",
                label: t`Print`,
                icon: <Printer />,
                onAction: () => void printMessages([row.id]),
              },
              {
                id: "print-all",
                label: t`Print conversation`,
                icon: <Printer />,
                disabled: others.length === 0,
                onAction: () =>
                  void printMessages(inOrder(row, others, conversationOrder).map(({ id }) => id)),
              },
              {
                id: "origin",
                label: t`Where it comes from`,
                icon: <Route />,
                onAction: () => onSource("origin"),
              },
              {
                id: "headers",
                label: t`Show headers`,
                icon: <FileText />,
                onAction: () => onSource("headers"),
              },
              {
                id: "download",
                label: t`Download message`,
                icon: <Download />,
                onAction: () => location.assign(`/files/${row.id}/raw`),
              },
            ],
          },
          {
            id: "conversation",
            items: [
              {
                id: "split",
                label: t`Split conversation here`,
                icon: <SquareSplitVertical />,
                disabled: others.length === 0 || isFirst,
                onAction: () => void splitHere(row),
              },
              {
                id: "separate",
                label: isSeparate ? t`Conversations in this folder` : t`No conversations in this folder`,
                icon: <MessagesSquare />,
                disabled: !conversations,
                onAction: toggleSeparate,
              },
            ],
          },
        ]}
        trigger={(props) => (
          <IconButton {...props} label={t`More`}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </div>
  );
}
