/** The sign of a mailbox by its use. */
import {
  Archive,
  CalendarClock,
  Clock,
  FileText,
  Folder,
  Inbox,
  Send,
  ShieldAlert,
  Trash2,
} from "lucide-react";
import type { Mailbox } from "../store/types";

const icons = {
  INBOX: Inbox,
  DRAFTS: FileText,
  SNOOZED: Clock,
  SCHEDULED: CalendarClock,
  SENT: Send,
  ARCHIVE: Archive,
  JUNK: ShieldAlert,
  TRASH: Trash2,
} as const;

export function FolderIcon({ mailbox }: { mailbox: Mailbox }) {
  const Icon = mailbox.specialUse === null ? Folder : icons[mailbox.specialUse];
  return <Icon aria-hidden="true" />;
}
