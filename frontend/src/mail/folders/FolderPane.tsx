/** The mailboxes, the way to write, and how full the mailbox is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { FolderPlus, PencilLine } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { compose, prepareCompose, useIdle, useViewer } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { locale } from "@/lib/locale";
import { Button, onDemand, ProgressBar, Skeleton } from "@/ui";
import { mailStore, useMailboxes } from "../mailStore";
import { isBelow, mailboxTree, openNodes } from "../names";
import type { Mailbox } from "../store/types";
import type { ActsOn } from "../useMailActs";
import { useFolderChoices } from "./choices";
import type { FolderPaneTask } from "./FolderMenu";
import styles from "./FolderPane.module.css";
import { FolderRow } from "./FolderRow";
import { useDrop } from "./useDrop";

const FolderDialog = onDemand(async () => (await import("./FolderDialog")).FolderDialog);
const TagSection = lazy(() =>
  import("../tags/TagSection").then((module) => ({ default: module.TagSection })),
);
const FolderMenu = lazy(() => import("./FolderMenu").then((module) => ({ default: module.FolderMenu })));
const FolderMoveDialog = onDemand(async () => (await import("./FolderMoveDialog")).FolderMoveDialog);
const FolderColourDialog = onDemand(async () => (await import("./FolderColourDialog")).FolderColourDialog);
const ShareDialog = onDemand(async () => (await import("./sharing/ShareDialog")).ShareDialog);

const SavedSearches = lazy(() =>
  import("../search/SavedSearches").then((module) => ({ default: module.SavedSearches })),
);

export type FolderPaneProps = {
  currentId: string | undefined;
  query: string | undefined;
  on: ActsOn;
  onNavigate: () => void;
};

export function FolderPane({ currentId, query, on, onNavigate }: FolderPaneProps) {
  const { t } = useLingui();
  const isIdle = useIdle();
  const mailboxes = useMailboxes();
  const [task, setTask] = useState<FolderPaneTask>();
  const choiceOf = useFolderChoices();
  const drops = useDrop({
    onFolder: (ids, id) => {
      const target = mailStore.mailbox(id);
      if (target !== undefined) on.moveTo(ids, target);
    },
    onTag: (ids, keyword) => on.giveTag(ids, keyword),
  });
  const tree = mailboxTree(mailboxes ?? [], locale());
  const nodes = openNodes(tree, (id) => choiceOf(id).isClosed ?? false);
  const favourites = tree.filter(({ mailbox }) => choiceOf(mailbox.id).isFavourite);

  function row(mailbox: Mailbox, level: number, isFavourite = false) {
    const inside = isFavourite ? [] : tree.filter((one) => isBelow(one.mailbox, mailbox));
    return (
      <FolderRow
        key={mailbox.id}
        mailbox={mailbox}
        level={level}
        isCurrent={mailbox.id === currentId}
        choice={choiceOf(mailbox.id)}
        hasChildren={inside.length > 0}
        hiddenUnread={inside.reduce((sum, one) => sum + one.mailbox.unread, 0)}
        menu={
          isIdle && (
            <Suspense fallback={null}>
              <FolderMenu mailbox={mailbox} onTask={setTask} />
            </Suspense>
          )
        }
        onNavigate={onNavigate}
      />
    );
  }

  return (
    <div className={styles.pane}>
      <Button
        variant="primary"
        size="l"
        className={styles.write}
        icon={<PencilLine />}
        onClick={(event) => void compose({ kind: "new" }, event)}
        onPointerEnter={prepareCompose}
        onFocus={prepareCompose}
      >
        <Trans>Write</Trans>
      </Button>
      <nav className={styles.folders} aria-label={t`Folders`} {...drops}>
        {mailboxes === undefined && <Waiting />}
        {favourites.length > 0 && (
          <>
            <h2 className={styles.heading}>
              <Trans>Favourites</Trans>
            </h2>
            <ul>{favourites.map(({ mailbox }) => row(mailbox, 0, true))}</ul>
            <h2 className={styles.heading}>
              <Trans>All folders</Trans>
            </h2>
          </>
        )}
        <ul>{nodes.map(({ mailbox, level }) => row(mailbox, level))}</ul>
        <button type="button" className={styles.add} onClick={() => setTask({ kind: "create" })}>
          <FolderPlus aria-hidden="true" />
          <Trans>New folder</Trans>
        </button>
        <Suspense fallback={null}>
          {isIdle && <SavedSearches query={query} onNavigate={onNavigate} />}
        </Suspense>
        {isIdle && (
          <Suspense fallback={null}>
            <TagSection query={query} onNavigate={onNavigate} />
          </Suspense>
        )}
      </nav>
      <Quota />
      {task !== undefined && <TaskDialog task={task} onClose={() => setTask(undefined)} />}
    </div>
  );
}

function TaskDialog({ task, onClose }: { task: FolderPaneTask; onClose: () => void }) {
  switch (task.kind) {
    case "share":
      return <ShareDialog mailbox={task.mailbox} onClose={onClose} />;
    case "move":
      return <FolderMoveDialog mailbox={task.mailbox} onClose={onClose} />;
    case "colour":
      return <FolderColourDialog mailbox={task.mailbox} onClose={onClose} />;
    default:
      return <FolderDialog task={task} onClose={onClose} />;
  }
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
