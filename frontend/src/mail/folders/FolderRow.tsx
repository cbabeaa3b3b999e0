/** A folder in the side: its sign, name and count, and the way to hide what is in it. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link, mailHref } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { slugOf } from "../location";
import { mailboxName } from "../names";
import type { Mailbox } from "../store/types";
import { type FolderChoice, keepFolder } from "./choices";
import { FolderIcon } from "./FolderIcon";
import styles from "./FolderPane.module.css";

export type FolderRowProps = {
  mailbox: Mailbox;
  level: number;
  isCurrent: boolean;
  choice: FolderChoice;
  /** Whether there are folders in it; unread ones among those that are hidden are counted here. */
  hasChildren: boolean;
  hiddenUnread: number;
  menu: ReactNode;
  onNavigate: () => void;
};

export function FolderRow(props: FolderRowProps) {
  const { mailbox, level, isCurrent, choice, hasChildren, hiddenUnread, menu, onNavigate } = props;
  const { t } = useLingui();
  const name = mailboxName(mailbox);
  const isClosed = choice.isClosed ?? false;
  return (
    <li
      className={styles.item}
      style={{ "--level": Math.min(level, 6) }}
      data-drop-folder={mailbox.id}
      draggable={mailbox.specialUse === null}
    >
      {hasChildren && (
        <button
          type="button"
          className={styles.toggle}
          aria-label={isClosed ? t`Show what is in ${name}` : t`Hide what is in ${name}`}
          aria-expanded={!isClosed}
          onClick={() => keepFolder(mailbox.id, { ...choice, isClosed: !isClosed })}
        >
          <ChevronRight aria-hidden="true" />
        </button>
      )}
      <Link
        to={mailHref(slugOf(mailbox))}
        className={styles.folder}
        aria-current={isCurrent ? "page" : undefined}
        draggable={false}
        onClick={onNavigate}
      >
        <span
          className={styles.sign}
          style={choice.hue === undefined ? {} : { color: `var(--hue-${choice.hue})` }}
        >
          <FolderIcon mailbox={mailbox} />
        </span>
        <span className={styles.name}>{name}</span>
        <Count mailbox={mailbox} more={isClosed ? hiddenUnread : 0} />
      </Link>
      {menu}
    </li>
  );
}

/** Unread messages; in Drafts, and of what waits, how many there are. */
function Count({ mailbox, more }: { mailbox: Mailbox; more: number }) {
  const { t } = useLingui();
  const { specialUse } = mailbox;
  const isWaiting = specialUse === "SNOOZED" || specialUse === "SCHEDULED";
  const count = (specialUse === "DRAFTS" || isWaiting ? mailbox.total : mailbox.unread) + more;
  if (count === 0 || specialUse === "TRASH" || specialUse === "SENT") return null;
  const text = formatNumber(count);
  return (
    <span
      className={styles.count}
      aria-label={
        isWaiting
          ? t`${text} waiting`
          : specialUse === "DRAFTS"
            ? plural(count, { one: "# draft", other: "# drafts" })
            : t`${text} unread`
      }
    >
      {text}
    </span>
  );
}
