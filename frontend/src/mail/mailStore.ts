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

/** Asks for mailboxes and the first page of the inbox while the session is still being asked for. */
export function prefetchMail(): void {
  mailStore
    .loadMailboxes()
    .then(() => {
      const inbox = mailStore.bySpecialUse("INBOX");
      if (inbox !== undefined && /^\/(mail\/inbox|$)/.test(location.pathname)) {
        mailStore.need({ mailboxId: inbox.id }, "DATE_DESC", 0, 1);
      }
    })
    // Nobody may be signed in yet; the page asks again once somebody is.
    .catch(() => undefined);
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
