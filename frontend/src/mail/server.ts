/** The API as the mail store's server. */
import { isApiError, request } from "@/api";
import { untilResumed } from "@/app";
import { timeZone } from "@/lib/dates";
import { withOffline } from "./offline/offlineServer";
import {
  ConversationQuery,
  MailboxesQuery,
  MessageDetailQuery,
  UpdateMessagesMutation,
  ViewChangesQuery,
  ViewQuery,
} from "./store/documents";
import type { MailServer, MessageDetail } from "./store/types";

const api: MailServer = {
  mailboxes: async () => (await request(MailboxesQuery)).mailboxes,
  page: async (source, sort, offset, limit) =>
    (
      await request(ViewQuery, {
        mailboxId: source.mailboxId ?? null,
        search: source.search ?? null,
        sort,
        filter: source.filter ?? null,
        offset,
        limit,
        timeZone: source.search === undefined ? null : timeZone(),
        byConversation: source.byConversation ?? false,
      })
    ).view,
  changes: async ({ mailboxId, filter, byConversation }, since, sort) =>
    (
      await request(ViewChangesQuery, {
        mailboxId,
        since,
        sort,
        filter: filter ?? null,
        byConversation: byConversation ?? false,
      })
    ).viewChanges,
  update: async ({ ids, addFlags, removeFlags, moveTo, destroy, snoozeUntil, mute }) => {
    const input = {
      ids: [...ids],
      addFlags: [...(addFlags ?? [])],
      removeFlags: [...(removeFlags ?? [])],
      // The server puts what is snoozed where it belongs, and archives what is muted.
      moveTo: snoozeUntil === undefined && mute !== true ? (moveTo ?? null) : null,
      destroy: destroy ?? false,
      snoozeUntil: snoozeUntil ?? null,
      mute: mute ?? null,
    };
    try {
      return (await request(UpdateMessagesMutation, { input }, { outlivesPage: true })).updateMessages;
    } catch (error) {
      if (!isApiError(error, "UNAUTHENTICATED")) throw error;
      // What was done while the session was over is not lost: it goes out after signing in again.
      await untilResumed();
      return (await request(UpdateMessagesMutation, { input })).updateMessages;
    }
  },
  conversation: async (messageId) => (await request(ConversationQuery, { messageId })).conversation ?? null,
  message: async (id, showImages) => (await request(MessageDetailQuery, { id, showImages })).message ?? null,
};

/** Without a connection it answers from what this device keeps. */
export const mailServer = withOffline(api);

/** A message as this device keeps it. */
export async function keptMessage(id: string): Promise<MessageDetail | undefined> {
  return (await mailServer.saved())?.message(id);
}
