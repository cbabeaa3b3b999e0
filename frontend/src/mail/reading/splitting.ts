/** Conversations as one wants them: parted at a message, or several made one. The server keeps it for what comes. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { announce } from "@/app";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import type { Row } from "../store/types";
import { JoinConversationsMutation, SplitConversationMutation } from "./documents";

/** The message and all that came after it become a conversation of their own. */
export async function splitHere(row: Row): Promise<void> {
  try {
    const before = row.threadId;
    await request(SplitConversationMutation, { messageId: row.id });
    const stayed = threadOf(before).find((id) => id !== row.id);
    refresh(before);
    announce(t`Conversation split`);
    toast({
      text: t`Conversation split`,
      ...(stayed !== undefined && {
        action: { label: t`Undo`, onAction: () => void joinConversations([stayed, row.id]) },
      }),
    });
  } catch (error) {
    refused(error);
  }
}

/** The conversations of these messages become one. */
export async function joinConversations(ids: readonly string[]): Promise<void> {
  try {
    const threads = ids.flatMap(
      (id) => mailStore.row(id)?.threadId ?? mailStore.bodies.peek(id)?.row.threadId ?? [],
    );
    const into = (await request(JoinConversationsMutation, { messageIds: [...ids] })).joinConversations;
    refresh(into, ...threads);
    announce(t`Conversations joined`);
    toast({ text: t`Conversations joined` });
  } catch (error) {
    refused(error);
  }
}

/** The first message of a conversation comes first: it stays where it is whatever leaves. */
function threadOf(threadId: string): string[] {
  const known = mailStore.bodies.find((one) => one.row.threadId === threadId);
  if (known === undefined) return [];
  return [...known.thread, known.row]
    .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt))
    .map(({ id }) => id);
}

/** What is known of these conversations is old: what is on the page is asked for again. */
function refresh(...threadIds: string[]): void {
  for (const id of mailStore.bodies.forgetWhere((one) => threadIds.includes(one.row.threadId))) {
    mailStore.bodies.fetch(id).catch(() => undefined);
  }
}

function refused(error: unknown): void {
  toast({
    text: error instanceof Error ? error.message : t`The conversation could not be changed.`,
    tone: "danger",
  });
}
