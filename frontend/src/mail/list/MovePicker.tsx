/** "Move to": all mailboxes in a list that typing filters; those used last come first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useKept } from "@/app";
import { locale } from "@/lib/locale";
import { Dialog } from "@/ui";
import { type PickItem, PickList } from "@/ui/PickList";
import { FolderIcon } from "../folders/FolderIcon";
import { useMailboxes } from "../mailStore";
import { mailboxName, mailboxTree } from "../names";
import { recentFolders } from "../recentFolders";
import type { Mailbox } from "../store/types";

export type MovePickerProps = {
  title: string;
  /** Where the messages are already. */
  exclude: string | undefined;
  onPick: (mailbox: Mailbox) => void;
  onClose: () => void;
};

export function MovePicker({ title, exclude, onPick, onClose }: MovePickerProps) {
  const { t } = useLingui();
  const mailboxes = useMailboxes() ?? [];
  const choices = mailboxTree(mailboxes, locale()).filter(
    ({ mailbox }) => mailbox.id !== exclude && mailbox.specialUse !== "DRAFTS",
  );

  function item(mailbox: Mailbox, group: string): PickItem {
    const label = mailbox.specialUse === null ? mailbox.path.replaceAll("/", " / ") : mailboxName(mailbox);
    return { id: mailbox.id, label, keywords: mailbox.name, group, icon: <FolderIcon mailbox={mailbox} /> };
  }
  const last = recentFolders(useKept()).flatMap(
    (id) => choices.find(({ mailbox }) => mailbox.id === id)?.mailbox ?? [],
  );
  const rest = choices.filter(({ mailbox }) => !last.includes(mailbox));
  const items = [
    ...last.map((mailbox) => item(mailbox, t`Recent`)),
    ...rest.map(({ mailbox }) => item(mailbox, t`All folders`)),
  ];

  function pick(id: string) {
    const mailbox = mailboxes.find((one) => one.id === id);
    if (mailbox === undefined) return;
    onClose();
    onPick(mailbox);
  }

  return (
    <Dialog open onClose={onClose} title={title} hideTitle size="palette">
      <PickList
        label={title}
        placeholder={title}
        items={items}
        empty={<Trans>No such folder.</Trans>}
        onPick={pick}
      />
    </Dialog>
  );
}
