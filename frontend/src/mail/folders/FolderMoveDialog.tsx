/** Where a folder goes: under another one, or to the top. */
import { Trans, useLingui } from "@lingui/react/macro";
import { FolderTree } from "lucide-react";
import { locale } from "@/lib/locale";
import { Dialog } from "@/ui";
import { PickList } from "@/ui/PickList";
import { useMailboxes } from "../mailStore";
import { mailboxName, mailboxTree } from "../names";
import type { Mailbox } from "../store/types";
import { FolderIcon } from "./FolderIcon";
import { moveFolder } from "./folderActs";
import { mayHold } from "./mayHold";

const TOP = "top";

export function FolderMoveDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const { t } = useLingui();
  const mailboxes = useMailboxes() ?? [];
  const title = t`Move ${mailboxName(mailbox)} to…`;
  const items = [
    ...(mailbox.parentId === null ? [] : [{ id: TOP, label: t`The top`, icon: <FolderTree /> }]),
    ...mailboxTree(mailboxes, locale())
      .filter(({ mailbox: one }) => mayHold(one, mailbox))
      .map(({ mailbox: one }) => ({
        id: one.id,
        label: one.path.replaceAll("/", " / "),
        icon: <FolderIcon mailbox={one} />,
      })),
  ];
  return (
    <Dialog open onClose={onClose} title={title} hideTitle size="palette">
      <PickList
        label={title}
        placeholder={title}
        items={items}
        empty={<Trans>No such folder.</Trans>}
        onPick={(id) => {
          onClose();
          const parent = mailboxes.find((one) => one.id === id);
          if (id === TOP || parent !== undefined) void moveFolder(mailbox, parent);
        }}
      />
    </Dialog>
  );
}
