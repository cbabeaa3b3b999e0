/** The one mail store of the page, its refusals as notices, and what it begins with. */
import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";
import { onResumed, onSigningOut } from "@/app";
import type { Remembered } from "@/remembered";
import { toast } from "@/ui";
import { isBelow } from "./names";
import { selection } from "./selection";
import { mailServer } from "./server";
import { MailStore } from "./store/store";
import type { Mailbox, MessageDetail, Page, Row, Sort, Source } from "./store/types";
import type { ViewSnapshot } from "./store/views";

export const mailStore = new MailStore(mailServer);

mailStore.onRefused = ({ label, message, count }) => {
  // What is done by itself, as marking what was opened, is nobody's concern.
  if (label === "") return;
  toast({
    text: count > 1 ? t`${label}: not done. ${message} (${count})` : t`${label}: not done. ${message}`,
    tone: "danger",
  });
};
mailStore.onLeft = (ids) => {
  for (const id of ids) selection.replace(id, mailStore.standing(id));
  selection.drop(ids);
};
onResumed(() => void mailStore.catchUp());
onSigningOut(() => mailServer.brought(mailStore.settled()));

/** Mailboxes and the first rows of one of them (the inbox where none is named), asked for before this code was here. */
export function beginMail(
  mailboxes: readonly Mailbox[],
  page: Page | undefined,
  mailboxId: string | null,
): void {
  mailStore.takeMailboxList(mailboxes);
  const shown = mailboxId ?? mailStore.bySpecialUse("INBOX")?.id;
  if (page !== undefined && shown !== undefined)
    mailStore.takePage({ mailboxId: shown, byConversation: true }, "DATE_DESC", page);
}

/** The same as this device kept it, until the server has answered. */
export function beginKeptMail({ mailboxes, mailboxId, page }: Remembered): void {
  mailStore.takeMailboxList(mailboxes);
  mailStore.takeKept({ mailboxId, byConversation: true }, "DATE_DESC", page);
}

/** Whether what is deleted there goes for good: in Trash, and in the folders that were thrown into it. */
export function isInTrash(mailbox: Mailbox | undefined): boolean {
  const trash = mailStore.bySpecialUse("TRASH");
  if (mailbox === undefined || trash === undefined) return false;
  return mailbox.id === trash.id || isBelow(mailbox, trash);
}

export function useMailboxes(): readonly Mailbox[] | undefined {
  return useSyncExternalStore(mailStore.subscribe, mailStore.mailboxes);
}

export function useView(source: Source, sort: Sort): ViewSnapshot {
  return useSyncExternalStore(mailStore.subscribe, () => mailStore.view(source, sort));
}

export function useRow(id: string | undefined): Row | undefined {
  return useSyncExternalStore(mailStore.subscribe, () => (id === undefined ? undefined : mailStore.row(id)));
}

export function useDetail(id: string | undefined): MessageDetail | undefined {
  return useSyncExternalStore(mailStore.subscribe, () =>
    id === undefined ? undefined : mailStore.bodies.peek(id),
  );
}
