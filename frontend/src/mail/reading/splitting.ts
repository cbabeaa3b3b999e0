/** Conversations as one wants them: parted at a message, or several made one. The server keeps it for what comes. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { announce } from "@/app";
import { dismissToast, toast } from "@/ui";
import { mailStore } from "../mailStore";
import type { Row } from "../store/types";
import { JoinConversationsMutation, PartMessagesMutation, SplitConversationMutation } from "./documents";

/** The message and all that came after it become a conversation of their own. */
export async function splitHere(row: Row): Promise<void> {
  try {
    const before = row.threadId;
    await request(SplitConversationMutation, { messageId: row.id });
    const stayed = threadOf(before).find((id) => id !== row.id);
    refresh(before);
    tell(
      t`Split conversation`,
      t`Conversation split`,
      stayed === undefined ? undefined : () => join([stayed, row.id]),
    );
  } catch (error) {
    refused(error);
  }
}

/** The conversations of these messages become one. */
export async function joinConversations(ids: readonly string[]): Promise<void> {
  try {
    const joined = await join(ids);
    tell(t`Join conversations`, t`Conversations joined`, () => part(joined));
  } catch (error) {
    refused(error);
  }
}

type Joined = { threadId: string; brought: string[][] };

/** Makes them one, and tells which messages came to it, by the conversation they were of. */
async function join(ids: readonly string[]): Promise<Joined> {
  const threads = ids.flatMap(
    (id) => mailStore.row(id)?.threadId ?? mailStore.bodies.peek(id)?.row.threadId ?? [],
  );
  const { joinConversations: joined } = await request(JoinConversationsMutation, { messageIds: [...ids] });
  refresh(joined.threadId, ...threads);
  return joined;
}

async function part({ threadId, brought }: Joined): Promise<void> {
  for (const messageIds of brought) await request(PartMessagesMutation, { messageIds });
  refresh(threadId);
}

/** Says what was done, and takes it back from the notice or by `z`. */
function tell(label: string, text: string, undo: (() => Promise<unknown>) | undefined): void {
  announce(text);
  if (undo === undefined) {
    toast({ text });
    return;
  }
  const takeBack = () =>
    undo().then(() => {
      dismissToast(notice);
      toast({ text: t`Undone: ${label}` });
    }, refused);
  const step = mailStore.undoHistory.pushRun(label, () => void takeBack(), { at: Date.now(), isOld: false });
  const notice = toast({
    text,
    action: { label: t`Undo`, onAction: () => mailStore.undoHistory.take(step.id) && void takeBack() },
  });
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
