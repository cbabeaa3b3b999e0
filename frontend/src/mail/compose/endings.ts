/**
 * How writing a message ends: what is said, and what can still be undone.
 *
 * A window of its own lets the page with the mail say it, and closes; where no page listens it says it itself.
 */
import { t } from "@lingui/core/macro";
import { type ResultOf, request } from "@/api";
import { announce } from "@/app";
import { dueTime } from "@/lib/dates";
import { dismissToast, toast, toastStore } from "@/ui";
import { CancelScheduledMutation } from "../later";
import { isApart } from "./apart";
import type { Composer } from "./composer";
import { composers, openCompose, putBack, remove } from "./composers";
import { CancelSubmissionMutation } from "./documents";
import { keepsDrafts } from "./localDrafts";
import { outbox, waitToSend } from "./outbox";
import { problemOf } from "./problems";
import { forgetSent, noteSent, sentNotes } from "./sentNotes";
import type { Ending, Handed, Order } from "./types";
import { ask, findOpener } from "./windows";

const UNDO_MS = 8_000;
const HEAR_MS = 2_000;

/** Closes the composer; resolves when it was said what became of the message. */
export async function end(composer: Composer, ending: Ending): Promise<void> {
  composer.collect();
  remove(composer);
  if (!isApart()) return conclude(composer, ending);
  const handed = await composer.lend();
  if (await isHeard(handed, ending)) return window.close();
  await conclude(composer, ending);
  closeWhenSaid();
}

async function isHeard(handed: Handed, ending: Ending): Promise<boolean> {
  const to = await findOpener();
  return to !== undefined && (await ask("ended", { to, handed, ending }, HEAR_MS)) !== undefined;
}

/** Closes the window once its notices are gone and nothing waits in it, unless the message came back. */
function closeWhenSaid(): void {
  const ends = [toastStore.subscribe(look), outbox.subscribe(look)];
  look();

  function look() {
    if (toastStore.get().length > 0 || outbox.get().length > 0) return;
    for (const end of ends) end();
    if (composers.get().length === 0) window.close();
  }
}

/** Closes the window; the draft stays. */
export function close(composer: Composer): void {
  void end(composer, { kind: "closed" });
}

export function discard(composer: Composer): void {
  void end(composer, { kind: "discarded" });
}

/** Says what became of a message, and does what is left to do. */
export async function conclude(composer: Composer, ending: Ending): Promise<void> {
  switch (ending.kind) {
    case "closed":
      return keepAsDraft(composer);
    case "discarded":
      return throwAway(composer);
    case "sent":
      showSent(composer, ending.submissionId, ending.undoSeconds);
      return composer.forget();
    case "scheduled":
      showScheduled(composer, ending.id, ending.sendAt);
      return composer.forget();
    case "waits":
      return keepUntilSent(composer, ending.order);
    case "back":
      putBack(composer);
      composer.uploads.restart();
      void composer.keep();
  }
}

async function keepAsDraft(composer: Composer): Promise<void> {
  if (!composer.isChanged) return composer.forget();
  try {
    await composer.keep();
    composer.uploads.restart();
    await composer.uploads.settled();
    composer.stop();
    await composer.save().catch(async (error: unknown) => {
      if (composer.fate === undefined) throw error;
      // Both stay: whoever wrote elsewhere does not lose it, and neither does who closes here.
      composer.becomeNew();
      await composer.save();
    });
    await composer.forget();
    composer.uploads.stop();
    toast({
      text: t`Draft saved`,
      action: { label: t`Open`, onAction: () => putBack(composer) },
      durationMs: 5_000,
    });
  } catch (error) {
    // It is nowhere but here: the window stays, and says so.
    if (!keepsDrafts()) return putBack(composer);
    toast({
      text: t`The draft is kept on this device only: ${problemOf(error).message}`,
      tone: "danger",
      action: { label: t`Open`, onAction: () => putBack(composer) },
    });
  }
}

/** Throws it away; the server is told when the time for undo is over. */
async function throwAway(composer: Composer): Promise<void> {
  if (composer.fate !== undefined) composer.disown();
  const isEmpty = composer.get().version === 0 && composer.get().serverId === null;
  if (isEmpty) return composer.forget();
  const kept = composer.keep({ isDiscarded: true });
  const timer = setTimeout(() => {
    composer.uploads.stop();
    // What cannot be told now is told when the page is opened the next time.
    composer.discard().catch(() => undefined);
  }, UNDO_MS);
  toast({
    text: t`Draft discarded`,
    durationMs: UNDO_MS,
    action: {
      label: t`Undo`,
      onAction: () => {
        clearTimeout(timer);
        putBack(composer);
        void composer.keep();
      },
    },
  });
  announce(t`Draft discarded`);
  await kept;
}

/** One notice is enough for all that wait. */
let waitingSaid: number | undefined;

/** What became of one that waited: meanwhile it may have been opened again. */
export async function concludeWaiting(composer: Composer, ending: Ending): Promise<void> {
  if (waitingSaid !== undefined) dismissToast(waitingSaid);
  waitingSaid = undefined;
  if (ending.kind !== "back") remove(composer);
  await conclude(composer, ending);
}

async function keepUntilSent(composer: Composer, order: Order): Promise<void> {
  waitToSend(composer, order, concludeWaiting);
  await composer.keep({ order });
  const text = keepsDrafts()
    ? t`The server cannot be reached: the message is sent as soon as it can be.`
    : t`The server cannot be reached: the message is sent as soon as it can be. Leave the page open until then.`;
  announce(text);
  if (waitingSaid !== undefined) dismissToast(waitingSaid);
  waitingSaid = toast({ text });
}

function showScheduled(composer: Composer, id: string, sendAt: string) {
  const when = dueTime(sendAt);
  announce(t`Will be sent: ${when}`);
  toast({
    text: t`Will be sent: ${when}`,
    action: { label: t`Undo`, onAction: () => void callOff(composer, id) },
  });
}

async function callOff(composer: Composer, id: string): Promise<void> {
  try {
    const { cancelScheduled } = await request(CancelScheduledMutation, { id });
    composer.returned(cancelScheduled.id, cancelScheduled.attachments);
    putBack(composer);
    announce(t`The message is not scheduled any more; it is open again`);
  } catch (error) {
    toast({ text: t`It could not be stopped: ${problemOf(error).message}`, tone: "danger" });
  }
}

function showSent(composer: Composer, submissionId: string, undoSeconds: number) {
  if (undoSeconds <= 0) {
    toast({ text: t`Message sent` });
    return;
  }
  noteSent({ viewerId: composer.viewerId, submissionId, until: Date.now() + undoSeconds * 1000 });
  offerUndo(submissionId, undoSeconds * 1000, async ({ id, attachments }) => {
    composer.returned(id, attachments);
    putBack(composer);
  });
}

/** After the page was loaded anew: what was sent before can be taken back as long as it could. */
export function offerUndoAgain(viewerId: string): void {
  for (const { submissionId, until } of sentNotes(viewerId)) {
    offerUndo(submissionId, until - Date.now(), ({ id }) => openCompose({ kind: "draft", messageId: id }));
  }
}

type Returned = ResultOf<typeof CancelSubmissionMutation>["cancelSubmission"];

function offerUndo(submissionId: string, durationMs: number, onBack: (draft: Returned) => Promise<void>) {
  toast({
    text: t`Sending…`,
    durationMs,
    action: { label: t`Undo`, onAction: () => void takeBack(submissionId, onBack) },
  });
}

async function takeBack(submissionId: string, onBack: (draft: Returned) => Promise<void>): Promise<void> {
  forgetSent(submissionId);
  try {
    const { cancelSubmission } = await request(CancelSubmissionMutation, { id: submissionId });
    await onBack(cancelSubmission);
    announce(t`The message was not sent; it is open again`);
  } catch (error) {
    toast({ text: t`It could not be stopped: ${problemOf(error).message}`, tone: "danger" });
  }
}
