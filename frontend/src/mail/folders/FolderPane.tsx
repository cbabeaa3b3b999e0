/** The mailboxes, the way to write, and how full the mailbox is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, FolderPlus, PencilLine } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { MailboxRight } from "@/api";
import { compose, Link, mailHref, prepareCompose, useIdle, useViewer } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { locale } from "@/lib/locale";
import { formatNumber } from "@/lib/numbers";
import { Button, IconButton, Menu, type MenuEntry, ProgressBar, Skeleton } from "@/ui";
import { slugOf } from "../location";
import { useMailboxes } from "../mailStore";
import { mailboxName, mailboxTree } from "../names";
import type { Mailbox } from "../store/types";
import type { FolderTask } from "./FolderDialog";
import { FolderIcon } from "./FolderIcon";
import styles from "./FolderPane.module.css";

const FolderDialog = lazy(() =>
  import("./FolderDialog").then((module) => ({ default: module.FolderDialog })),
);
const ShareDialog = lazy(() =>
  import("./sharing/ShareDialog").then((module) => ({ default: module.ShareDialog })),
);

const SavedSearches = lazy(() =>
  import("../search/SavedSearches").then((module) => ({ default: module.SavedSearches })),
);

type Task = FolderTask | { kind: "share"; mailbox: Mailbox };

export type FolderPaneProps = {
  currentId: string | undefined;
  /** What is searched for, where that is on screen. */
  query: string | undefined;
  onNavigate: () => void;
};

export function FolderPane({ currentId, query, onNavigate }: FolderPaneProps) {
  const { t } = useLingui();
  const isIdle = useIdle();
  const mailboxes = useMailboxes();
  const [task, setTask] = useState<Task>();
  return (
    <div className={styles.pane}>
      <Button
        variant="primary"
        size="l"
        className={styles.write}
        icon={<PencilLine />}
        onClick={() => void compose({ kind: "new" })}
        onPointerEnter={prepareCompose}
        onFocus={prepareCompose}
      >
        <Trans>Write</Trans>
      </Button>
      <nav className={styles.folders} aria-label={t`Folders`}>
        {mailboxes === undefined && <Waiting />}
        <ul>
          {mailboxTree(mailboxes ?? [], locale()).map(({ mailbox, level }) => (
            <li key={mailbox.id} className={styles.item} style={{ "--level": Math.min(level, 6) }}>
              <Link
                to={mailHref(slugOf(mailbox))}
                className={styles.folder}
                aria-current={mailbox.id === currentId ? "page" : undefined}
                onClick={onNavigate}
              >
                <FolderIcon mailbox={mailbox} />
                <span className={styles.name}>{mailboxName(mailbox)}</span>
                <Count mailbox={mailbox} />
              </Link>
              <FolderMenu mailbox={mailbox} onTask={setTask} />
            </li>
          ))}
        </ul>
        <button type="button" className={styles.add} onClick={() => setTask({ kind: "create" })}>
          <FolderPlus aria-hidden="true" />
          <Trans>New folder</Trans>
        </button>
        <Suspense fallback={null}>
          {isIdle && <SavedSearches query={query} onNavigate={onNavigate} />}
        </Suspense>
      </nav>
      <Quota />
      {task !== undefined && (
        <Suspense fallback={null}>
          {task.kind === "share" ? (
            <ShareDialog mailbox={task.mailbox} onClose={() => setTask(undefined)} />
          ) : (
            <FolderDialog task={task} onClose={() => setTask(undefined)} />
          )}
        </Suspense>
      )}
    </div>
  );
}

/** Unread messages; in Drafts, how many there are. */
function Count({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useLingui();
  const isWaiting = mailbox.specialUse === "SNOOZED" || mailbox.specialUse === "SCHEDULED";
  const count = mailbox.specialUse === "DRAFTS" || isWaiting ? mailbox.total : mailbox.unread;
  if (count === 0 || mailbox.specialUse === "TRASH" || mailbox.specialUse === "SENT") return null;
  const text = formatNumber(count);
  return (
    <span
      className={styles.count}
      aria-label={
        isWaiting
          ? t`${text} waiting`
          : mailbox.specialUse === "DRAFTS"
            ? t`${text} drafts`
            : t`${text} unread`
      }
    >
      {text}
    </span>
  );
}

function FolderMenu({ mailbox, onTask }: { mailbox: Mailbox; onTask: (task: Task) => void }) {
  const { t } = useLingui();
  const name = mailboxName(mailbox);
  const may = (right: MailboxRight) => mailbox.rights.includes(right);
  const isPlain = mailbox.specialUse === null;
  const canEmpty = mailbox.specialUse === "TRASH" || mailbox.specialUse === "JUNK";
  const items: MenuEntry[] = [
    ...(isPlain && may("CREATE")
      ? [
          {
            id: "create",
            label: t`New folder inside`,
            onAction: () => onTask({ kind: "create", parent: mailbox }),
          },
        ]
      : []),
    ...(may("ADMINISTER")
      ? [{ id: "share", label: t`Share…`, onAction: () => onTask({ kind: "share", mailbox }) }]
      : []),
    ...(isPlain && may("DELETE_MAILBOX")
      ? [{ id: "rename", label: t`Rename`, onAction: () => onTask({ kind: "rename", mailbox }) }]
      : []),
    ...(canEmpty
      ? [{ id: "empty", label: t`Empty`, danger: true, onAction: () => onTask({ kind: "empty", mailbox }) }]
      : []),
    ...(isPlain && may("DELETE_MAILBOX")
      ? [
          {
            id: "delete",
            label: t`Delete`,
            danger: true,
            onAction: () => onTask({ kind: "delete", mailbox }),
          },
        ]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      label={name}
      groups={[{ id: "folder", items }]}
      trigger={(props) => (
        <IconButton {...props} size="s" className={styles.more} label={t`${name}: more`}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}

/** How full the mailbox is; it can wait until the page stands, sizes take long to print the first time. */
function Quota() {
  const { t } = useLingui();
  const { quota } = useViewer();
  const isIdle = useIdle();
  if (!isIdle || quota === null || quota.limitBytes <= 0) return null;
  const used = formatBytes(quota.usedBytes);
  const limit = formatBytes(quota.limitBytes);
  return (
    <div className={styles.quota}>
      <span aria-hidden="true">{t`${used} of ${limit}`}</span>
      <ProgressBar
        kind="meter"
        label={t`Storage used: ${used} of ${limit}`}
        value={quota.usedBytes}
        max={quota.limitBytes}
      />
    </div>
  );
}

function Waiting() {
  return Array.from({ length: 6 }, (_, index) => (
    <div key={index} className={styles.waiting}>
      <Skeleton width={`${60 + ((index * 17) % 40)}%`} height="12px" />
    </div>
  ));
}
