/** The one mail store of the page, its refusals as notices, and its beginning before the first render. */
import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";
import { onResumed } from "@/app";
import { toast } from "@/ui";
import { mailServer } from "./server";
import { MailStore, type ViewSnapshot } from "./store/store";
import type { Mailbox, MessageDetail, Row, Sort, Source } from "./store/types";

export const mailStore = new MailStore(mailServer);

mailStore.onRefused = ({ label, message, count }) => {
  toast({
    text: count > 1 ? t`${label}: put back, ${message} (${count})` : t`${label}: put back, ${message}`,
    tone: "danger",
  });
};
onResumed(() => void mailStore.catchUp());

const inboxKey = "postroom.inbox";

/**
 * Asks for mailboxes and the first page of the inbox while the session is still being asked for.
 *
 * Which mailbox the inbox is, is remembered from the last visit; if it is another now, one answer is for nothing.
 */
export function prefetchMail(): void {
  const isInbox = /^\/(mail\/inbox.*|)$/.test(location.pathname);
  const remembered = isInbox ? readInbox() : null;
  if (remembered !== null) mailStore.need({ mailboxId: remembered }, "DATE_DESC", 0, 1);
  mailStore
    .loadMailboxes()
    .then(() => {
      const inbox = mailStore.bySpecialUse("INBOX");
      if (inbox === undefined) return;
      rememberInbox(inbox.id);
      if (isInbox) mailStore.need({ mailboxId: inbox.id }, "DATE_DESC", 0, 1);
    })
    // Nobody may be signed in yet; the page asks again once somebody is.
    .catch(() => undefined);
}

function readInbox(): string | null {
  try {
    return localStorage.getItem(inboxKey);
  } catch {
    return null; // Without storage the inbox is asked for a little later.
  }
}

function rememberInbox(id: string) {
  try {
    localStorage.setItem(inboxKey, id);
  } catch {
    // It only saves a moment next time.
  }
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
