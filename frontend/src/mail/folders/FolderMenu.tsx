/** What can be done with a folder; whatever dragging does stands here too (WCAG 2.5.7). */
import { useLingui } from "@lingui/react/macro";
import { Ellipsis } from "lucide-react";
import type { MailboxRight } from "@/api";
import { IconButton, Menu, type MenuEntry } from "@/ui";
import { isInTrash, mailStore } from "../mailStore";
import { isBelow, mailboxName } from "../names";
import type { Mailbox } from "../store/types";
import { keepFolder, useFolderChoices } from "./choices";
import type { FolderTask } from "./FolderDialog";
import styles from "./FolderPane.module.css";
import { throwAway } from "./folderActs";

export type FolderPaneTask = FolderTask | { kind: "share" | "move" | "colour"; mailbox: Mailbox };

export function FolderMenu({
  mailbox,
  onTask,
}: {
  mailbox: Mailbox;
  onTask: (task: FolderPaneTask) => void;
}) {
  const { t } = useLingui();
  const choice = useFolderChoices()(mailbox.id);
  const name = mailboxName(mailbox);
  const may = (right: MailboxRight) => mailbox.rights.includes(right);
  const isPlain = mailbox.specialUse === null;
  const isOwn = may("ADMINISTER");
  const isForGood = mailbox.specialUse === "TRASH" || mailbox.specialUse === "JUNK";
  const hasBelow = mailStore.mailboxes()?.some((one) => isBelow(one, mailbox)) ?? false;
  const { isFavourite } = choice;
  const items: (MenuEntry | false)[] = [
    isPlain &&
      may("CREATE") && {
        id: "create",
        label: t`New folder inside`,
        onAction: () => onTask({ kind: "create", parent: mailbox }),
      },
    may("ADMINISTER") && {
      id: "share",
      label: t`Share…`,
      onAction: () => onTask({ kind: "share", mailbox }),
    },
    {
      id: "favourite",
      label: isFavourite ? t`No favourite any more` : t`Make a favourite`,
      onAction: () => keepFolder(mailbox.id, { ...choice, isFavourite: !isFavourite }),
    },
    { id: "colour", label: t`Colour…`, onAction: () => onTask({ kind: "colour", mailbox }) },
    isPlain &&
      may("DELETE_MAILBOX") && {
        id: "rename",
        label: t`Rename`,
        onAction: () => onTask({ kind: "rename", mailbox }),
      },
    isPlain && isOwn && { id: "move", label: t`Move…`, onAction: () => onTask({ kind: "move", mailbox }) },
    may("EXPUNGE") &&
      (mailbox.total > 0 || (mailbox.specialUse === "TRASH" && hasBelow)) && {
        id: "empty",
        label: t`Empty`,
        danger: isForGood,
        onAction: () => onTask({ kind: "empty", mailbox }),
      },
    isPlain &&
      may("DELETE_MAILBOX") && {
        id: "delete",
        label: t`Delete`,
        danger: true,
        // Into Trash it goes without a question, since that can be taken back.
        onAction: () =>
          isOwn && !isInTrash(mailbox) ? void throwAway(mailbox) : onTask({ kind: "delete", mailbox }),
      },
  ];
  return (
    <Menu
      label={name}
      groups={[{ id: "folder", items: items.filter((one) => one !== false) }]}
      trigger={(props) => (
        <IconButton {...props} size="s" className={styles.more} label={t`${name}: more`}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
