/** What mailboxes and correspondents are called on screen. */
import { t } from "@lingui/core/macro";
import { nameOf, type Person } from "@/lib/addresses";
import type { Mailbox, Row } from "./store/types";

/** Special mailboxes have names in the user's language, others their own. */
export function mailboxName(mailbox: Mailbox): string {
  switch (mailbox.specialUse) {
    case "INBOX":
      return t`Inbox`;
    case "DRAFTS":
      return t`Drafts`;
    case "SNOOZED":
      return t`Snoozed`;
    case "SCHEDULED":
      return t`Scheduled`;
    case "SENT":
      return t`Sent`;
    case "ARCHIVE":
      return t({ message: "Archive", context: "folder" });
    case "JUNK":
      return t`Junk`;
    case "TRASH":
      return t`Trash`;
    default:
      return ownerOf(mailbox) === null ? mailbox.name : `${mailbox.name} · ${ownerOf(mailbox)}`;
  }
}

export function isAnothers(mailbox: Mailbox): boolean {
  return ownerOf(mailbox) !== null;
}

/** Whose mailbox it is where it is another's: the server keeps these two first levels for them. */
function ownerOf(mailbox: Mailbox): string | null {
  const [space, owner] = mailbox.path.split("/", 2);
  return (space === "Users" || space === "Shared") && owner !== undefined ? owner : null;
}

/** Whom a row is about: the sender, or in Sent and Drafts the recipients; of a conversation all who wrote. */
export function correspondent(
  row: Row,
  mailbox: Mailbox | undefined,
  own?: string,
): { name: string; address: string } {
  if (mailbox?.specialUse === "SENT" || mailbox?.specialUse === "DRAFTS" || row.isDraft) {
    return { name: row.toText || t`No recipient`, address: row.toText };
  }
  const from = { name: nameOf(row.from) || t`Unknown sender`, address: row.from.address };
  const people = own === undefined ? [] : (row.conversation?.people ?? []);
  return own === undefined || people.length < 2 ? from : { ...from, name: writers(people, own) };
}

/** "Mei, me": by their first names where they are several; of many the first and the last two. */
function writers(people: readonly Person[], own: string): string {
  const names = people.map((one) =>
    one.address === own ? t({ message: "me", context: "writer" }) : shortName(one),
  );
  const some = names.length <= 3 ? names : [names[0], "…", ...names.slice(-2)];
  return some.join(", ").replace(", …, ", " … ");
}

function shortName(one: Person): string {
  const name = nameOf(one) || t`Unknown sender`;
  return name.includes("@") || name.includes(",") ? name : (name.split(" ")[0] ?? name);
}

export function subjectOf(row: { subject: string }): string {
  return row.subject.trim() || t`No subject`;
}

const order = ["INBOX", "DRAFTS", "SNOOZED", "SCHEDULED", "SENT", "ARCHIVE", "JUNK", "TRASH"];

export type MailboxNode = { mailbox: Mailbox; level: number };

/** Special mailboxes in their order, then the others by name, children under their parents; others' at last. */
export function mailboxTree(mailboxes: readonly Mailbox[], locale: string): MailboxNode[] {
  // Made when two names are compared, which few mailboxes need: it takes tens of milliseconds the first time.
  let collator: Intl.Collator | undefined;
  function byName(a: Mailbox, b: Mailbox): number {
    collator ??= new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
    return collator.compare(a.name, b.name);
  }
  const rank = (one: Mailbox) =>
    one.specialUse === null ? order.length + Number(ownerOf(one) !== null) : order.indexOf(one.specialUse);
  const known = new Set(mailboxes.map((one) => one.id));
  function below(parentId: string | null, level: number): MailboxNode[] {
    return mailboxes
      .filter((one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : null) === parentId)
      .sort((a, b) => rank(a) - rank(b) || byName(a, b))
      .flatMap((mailbox) => [{ mailbox, level }, ...below(mailbox.id, level + 1)]);
  }
  return below(null, 0);
}

export function isBelow(one: Mailbox, parent: Mailbox): boolean {
  return one.path.startsWith(`${parent.path}/`);
}

/** The nodes of a tree that are shown when some of its folders are closed. */
export function openNodes(tree: readonly MailboxNode[], isClosed: (id: string) => boolean): MailboxNode[] {
  let hiddenBelow: number | undefined;
  return tree.filter(({ mailbox, level }) => {
    if (hiddenBelow !== undefined && level > hiddenBelow) return false;
    hiddenBelow = isClosed(mailbox.id) ? level : undefined;
    return true;
  });
}
