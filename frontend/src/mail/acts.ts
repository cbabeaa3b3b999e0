/** What can be done to messages: each act is seen at once, told in a notice, and can be undone for ten seconds. */
import { plural, t } from "@lingui/core/macro";
import { announce } from "@/app";
import { dueTime } from "@/lib/dates";
import { dismissToast, toast } from "@/ui";
import { isInTrash, mailStore } from "./mailStore";
import { mailboxName } from "./names";
import { noteFolder } from "./recentFolders";
import { junkFlags, notJunkFlags } from "./store/changes";
import { type Change, FLAGGED, type Mailbox, type Row, SEEN } from "./store/types";
import type { Tag } from "./tags/tags";

type Ids = readonly string[];

/** Notices by the act they tell of; undoing the act by key takes its notice away. */
const notices = new Map<number, number>();

/** Does it and tells it; with `text` empty it is done quietly, and can be undone by key only. */
function perform(label: string, changes: readonly Change[], text: string): boolean {
  const step = mailStore.act(label, changes);
  if (text === "") return true;
  if (step === undefined) return false;
  announce(text);
  notices.set(step.id, toast({ text, action: { label: t`Undo`, onAction: () => undo(step.id) } }));
  return true;
}

/** Takes back the newest act, or the given one. */
export function undo(id?: number): void {
  const step = mailStore.undo(id);
  const notice = notices.get(step?.id ?? 0);
  if (notice !== undefined) dismissToast(notice);
  // What the server takes back tells of itself.
  if (step?.run !== undefined) return;
  toast({ text: step === undefined ? t`Nothing to undo.` : t`Undone: ${step.label}` });
}

function move(
  ids: Ids,
  target: Mailbox,
  label: string,
  text: string,
  flags: Pick<Change, "addFlags" | "removeFlags"> = {},
) {
  return perform(label, [{ ids, moveTo: target.id, ...flags }], text);
}

export function archive(ids: Ids): boolean {
  const target = mailStore.bySpecialUse("ARCHIVE");
  if (target === undefined) return false;
  const text = plural(ids.length, { one: "Archived", other: "# messages archived" });
  return move(ids, target, t`Archive`, text);
}

/** Those that are in the trash, or in a folder below it: deleting them is for good. */
export function thrownAway(ids: Ids): Ids {
  return ids.filter((id) => isInTrash(mailStore.mailbox(mailStore.rowFor(id)?.mailboxId ?? "")));
}

/** To the trash, wherever it was found; what is there already goes for good: who calls this has asked. */
export function trash(ids: Ids): boolean {
  const target = mailStore.bySpecialUse("TRASH");
  if (target === undefined) return false;
  const forGood = thrownAway(ids);
  const rest = ids.filter((id) => !forGood.includes(id));
  if (forGood.length > 0) {
    mailStore.act(t`Delete for good`, [{ ids: forGood, destroy: true }], { isRecorded: false });
    toast({
      text: plural(forGood.length, { one: "Deleted for good", other: "# messages deleted for good" }),
    });
  }
  if (rest.length === 0) return forGood.length > 0;
  return move(
    rest,
    target,
    t`Delete`,
    plural(rest.length, { one: "Moved to Trash", other: "# messages moved to Trash" }),
  );
}

export function junk(ids: Ids): boolean {
  const target = mailStore.bySpecialUse("JUNK");
  if (target === undefined) return false;
  return move(
    ids,
    target,
    t`Junk`,
    plural(ids.length, { one: "Moved to Junk", other: "# messages moved to Junk" }),
    junkFlags,
  );
}

export function notJunk(ids: Ids): boolean {
  const target = mailStore.bySpecialUse("INBOX");
  if (target === undefined) return false;
  const text = plural(ids.length, { one: "Not junk, moved to Inbox", other: "# messages moved to Inbox" });
  return move(ids, target, t`Not junk`, text, notJunkFlags);
}

export function moveTo(ids: Ids, target: Mailbox): boolean {
  const name = mailboxName(target);
  const count = ids.length;
  noteFolder(target.id);
  const isFromJunk = ids.every(
    (id) => mailStore.mailbox(mailStore.rowFor(id)?.mailboxId ?? "")?.specialUse === "JUNK",
  );
  // Into Junk and out of it is said in flags too, however it comes there.
  const flags =
    target.specialUse === "JUNK"
      ? junkFlags
      : isFromJunk && target.specialUse !== "TRASH"
        ? notJunkFlags
        : {};
  return move(
    ids,
    target,
    t`Move`,
    count === 1 ? t`Moved to ${name}` : t`${count} messages moved to ${name}`,
    flags,
  );
}

/** Away until a time; the mailbox for it is made by the first. */
export function snooze(ids: Ids, until: Date): boolean {
  const moveTo = mailStore.bySpecialUse("SNOOZED")?.id ?? "snoozed";
  const when = dueTime(until.toISOString());
  const count = ids.length;
  return perform(
    t`Snooze`,
    [{ ids, moveTo, snoozeUntil: until.toISOString() }],
    count === 1 ? t`Snoozed until ${when}` : t`${count} messages snoozed until ${when}`,
  );
}

/** Their conversations no longer come to the inbox; what of them is there is archived. Or an end of that. */
export function setMuted(ids: Ids, isMuted: boolean): boolean {
  const inbox = mailStore.bySpecialUse("INBOX")?.id;
  const target = mailStore.bySpecialUse("ARCHIVE")?.id;
  if (!isMuted) return perform(t`Unmute`, [{ ids, mute: false }], t`Conversation no longer muted`);
  const here = ids.filter((id) => mailStore.rowFor(id)?.mailboxId === inbox);
  const rest = ids.filter((id) => !here.includes(id));
  return perform(
    t`Mute`,
    [
      ...(here.length > 0
        ? [{ ids: here, mute: true, ...(target !== undefined && { moveTo: target }) }]
        : []),
      ...(rest.length > 0 ? [{ ids: rest, mute: true }] : []),
    ],
    t`Conversation muted: new messages skip the inbox`,
  );
}

export function toggleMuted(ids: Ids): boolean {
  return setMuted(ids, !ids.every((id) => mailStore.rowFor(id)?.isMuted));
}

export function setTag(ids: Ids, tag: Tag, isGiven: boolean): boolean {
  const { keyword, name } = tag;
  const change: Change = isGiven ? { ids, addFlags: [keyword] } : { ids, removeFlags: [keyword] };
  const label = isGiven ? t`Tag ${name}` : t`Take away ${name}`;
  return perform(label, [change], isGiven ? t`Tagged ${name}` : t`${name} taken away`);
}

/** Whether a small act is told, with the way to take it back: of a swipe it is, since fingers slip. */
export type Telling = { isTold?: boolean };

export function setStar(ids: Ids, isStarred: boolean, { isTold = false }: Telling = {}): boolean {
  const change: Change = isStarred ? { ids, addFlags: [FLAGGED] } : { ids, removeFlags: [FLAGGED] };
  const text = isStarred ? t`Starred` : t`Star removed`;
  return perform(isStarred ? t`Star` : t`Remove star`, [change], isTold ? text : "");
}

export function setRead(ids: Ids, isRead: boolean, { isTold = false }: Telling = {}): boolean {
  // Who marks it just after it was opened has the last word.
  for (const id of ids) opened.delete(id);
  const change: Change = isRead ? { ids, addFlags: [SEEN] } : { ids, removeFlags: [SEEN] };
  const text = isRead ? t`Marked as read` : t`Marked as unread`;
  return perform(isRead ? t`Mark as read` : t`Mark as unread`, [change], isTold ? text : "");
}

/** Opened while others were marked just now: they follow together, since a whole conversation may be opened. */
const opened = new Set<string>();
let marking: ReturnType<typeof setTimeout> | undefined;
const GATHER_MS = 300;

/** Marks what has been opened; nothing to tell and nothing to undo. */
export function markOpened(row: Row): void {
  if (row.isSeen) return;
  opened.add(row.id);
  if (marking === undefined) markGathered();
}

function markGathered(): void {
  const ids = [...opened];
  opened.clear();
  if (ids.length > 0) mailStore.act("", [{ ids, addFlags: [SEEN] }], { isRecorded: false });
  marking = ids.length > 0 ? setTimeout(markGathered, GATHER_MS) : undefined;
}
