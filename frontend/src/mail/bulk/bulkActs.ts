/**
 * Acts on all of a list: the server does them in the background, and every window tells how they go on.
 *
 * A window follows an act from when it hears of it until it ends: one notice an act, with its progress and the
 * way to stop it or take it back. What ended before the window was opened is not told, only kept for undo.
 */
import { plural, t } from "@lingui/core/macro";
import { type BulkActFieldsFragment, isApiError, request } from "@/api";
import { announce } from "@/app";
import { timeZone } from "@/lib/dates";
import { formatNumber } from "@/lib/numbers";
import { dismissToast, toast, updateToast } from "@/ui";
import { mailStore } from "../mailStore";
import { mailboxName } from "../names";
import type { Change, Mailbox, Source } from "../store/types";
import { BeginBulkActMutation, BulkActsQuery, CancelBulkActMutation, UndoBulkActMutation } from "./documents";

type BulkAct = BulkActFieldsFragment;
type Step = Omit<Change, "ids">;

/** What is removed for good can be taken back for so long, before it begins. */
const HOLD_S = 10;

/** Acts that are told of, by id; `notice` is undefined where it was dismissed. */
const followed = new Map<string, { notice: number | undefined; done: number }>();
/** How acts ended, and whose end was told: what is on its way may still say that they go on. */
const ended = new Map<string, BulkAct>();
const told = new Set<string>();
/** Acts that are in the undo history, and their steps there. */
const remembered = new Map<string, number>();

/** Does something to all that a list shows, on the server. */
export async function beginBulk(
  source: Source & { withBelow?: boolean },
  step: Step,
  label: string,
): Promise<void> {
  const holdSeconds = step.destroy ? HOLD_S : 0;
  try {
    const { beginBulkAct } = await request(BeginBulkActMutation, {
      input: {
        mailboxId: source.mailboxId ?? null,
        search: source.search ?? null,
        filter: source.filter ?? null,
        timeZone: source.search === undefined ? null : timeZone(),
        withBelow: source.withBelow ?? false,
        addFlags: [...(step.addFlags ?? [])],
        removeFlags: [...(step.removeFlags ?? [])],
        moveTo: step.moveTo ?? null,
        destroy: step.destroy ?? false,
        holdSeconds,
        label,
      },
    });
    takeBulkActs([beginBulkAct], true);
  } catch (error) {
    tellFailure(error);
  }
}

/**
 * Begins to empty a mailbox: Trash and Junk for good, after a while in which that can be taken back; the folders
 * that were thrown into Trash go with it.
 */
export function emptyMailbox(mailbox: Mailbox): Promise<void> {
  const isForGood = mailbox.specialUse === "TRASH" || mailbox.specialUse === "JUNK";
  const trash = mailStore.bySpecialUse("TRASH");
  const source = { mailboxId: mailbox.id, withBelow: mailbox.specialUse === "TRASH" };
  const label = t`Empty ${mailboxName(mailbox)}`;
  if (isForGood || trash === undefined) return beginBulk(source, { destroy: true }, label);
  return beginBulk(source, { moveTo: trash.id }, label);
}

/** What the server says of acts; `isOwn` where this window began them. */
export function takeBulkActs(acts: readonly BulkAct[], isOwn = false): void {
  for (const heard of acts) {
    if (told.has(heard.id)) continue;
    // An answer may be overtaken by news: an act never goes back.
    const act = ended.get(heard.id) ?? heard;
    if (act.state !== "OPEN") ended.set(act.id, act);
    const known = followed.get(act.id);
    if (known === undefined && !isOwn && act.state !== "OPEN") continue;
    if (known !== undefined && act.state === "OPEN" && act.done < known.done) continue;
    follow(act);
  }
}

/** Asks for what is under way: after the page was loaded, or when news were missed. */
export async function loadBulkActs(): Promise<void> {
  const answer = await request(BulkActsQuery).catch(() => undefined);
  const bulkActs = answer?.bulkActs ?? []; // When it cannot be asked now, the next gap asks again.
  takeBulkActs(bulkActs);
  const done = bulkActs.filter(
    (act) => act.state === "DONE" && act.undoOf === null && !act.destroy && !remembered.has(act.id),
  );
  for (const act of done) remember(act, { isOld: true });
}

function follow(act: BulkAct): void {
  const entry = followed.get(act.id) ?? { notice: show(act), done: 0 };
  entry.done = act.done;
  followed.set(act.id, entry);
  if (act.state === "OPEN") {
    if (entry.notice !== undefined) updateToast(entry.notice, wordsOf(act));
    return;
  }
  followed.delete(act.id);
  told.add(act.id);
  if (entry.notice !== undefined) dismissToast(entry.notice);
  if (act.state !== "UNDONE" && act.undoOf === null && act.done > act.skipped && !act.destroy) remember(act);
  tellEnd(act);
}

function show(act: BulkAct): number {
  const notice = toast({
    ...wordsOf(act),
    durationMs: Number.POSITIVE_INFINITY,
    onDismiss: () => {
      const entry = followed.get(act.id);
      if (entry !== undefined) entry.notice = undefined;
    },
  });
  announce(wordsOf(act).text);
  return notice;
}

function wordsOf(act: BulkAct) {
  const done = formatNumber(act.done);
  const total = formatNumber(act.total);
  const text =
    act.undoOf === null
      ? t`${act.label}: ${done} of ${total}`
      : t`Undoing “${act.label}”: ${done} of ${total}`;
  return {
    text,
    progress: act.total === 0 ? 1 : act.done / act.total,
    action:
      act.undoOf === null
        ? { label: t`Undo`, onAction: () => void undoBulk(act.id) }
        : { label: t`Stop`, onAction: () => void cancel(act.id) },
  };
}

function tellEnd(act: BulkAct): void {
  const changed = act.done - act.skipped;
  const messages = plural(changed, { one: "# message", other: "# messages" });
  const left = formatNumber(act.skipped);
  if (act.state === "FAILED") {
    toast({ text: t`${act.label}: stopped after ${messages}. ${act.error ?? ""}`, tone: "danger" });
    return;
  }
  if (act.state === "CANCELLED") {
    toast({ text: t`${act.label}: stopped after ${messages}.` });
    return;
  }
  if (act.state !== "DONE") return;
  if (act.undoOf !== null) {
    toast({ text: t`Undone: ${act.label}` });
    return;
  }
  const text =
    act.skipped > 0 ? t`${act.label}: ${messages}, ${left} left as they were` : t`${act.label}: ${messages}`;
  announce(text);
  // What is deleted for good was to be taken back before it began.
  if (act.destroy) toast({ text });
  else toast({ text, action: { label: t`Undo`, onAction: () => void undoBulk(act.id) } });
}

/** Into the undo history, so that `z` takes it back like any other act. */
function remember(act: BulkAct, { isOld = false } = {}): void {
  if (remembered.has(act.id)) return;
  const at = new Date(act.createdAt).getTime();
  const step = mailStore.undoHistory.pushRun(act.label, () => void undoBulk(act.id), { at, isOld });
  remembered.set(act.id, step.id);
}

async function undoBulk(id: string): Promise<void> {
  try {
    const { undoBulkAct } = await request(UndoBulkActMutation, { id });
    const entry = followed.get(id);
    followed.delete(id);
    told.add(id);
    if (entry?.notice !== undefined) dismissToast(entry.notice);
    const step = remembered.get(id);
    if (step !== undefined) mailStore.undoHistory.take(step);
    if (undoBulkAct.id === id) toast({ text: t`Undone: ${undoBulkAct.label}` });
    else takeBulkActs([undoBulkAct], true);
  } catch (error) {
    tellFailure(error);
  }
}

async function cancel(id: string): Promise<void> {
  try {
    takeBulkActs([(await request(CancelBulkActMutation, { id })).cancelBulkAct]);
  } catch (error) {
    tellFailure(error);
  }
}

function tellFailure(error: unknown): void {
  toast({
    text: isApiError(error) ? error.message : t`That did not work. Please try again.`,
    tone: "danger",
  });
}
