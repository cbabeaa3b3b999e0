/** The acts on what is selected, or else on what is open, or else on the row the keyboard stands on; and what follows them. */
import { plural, t } from "@lingui/core/macro";
import { useState } from "react";
import { compose, kept, preferences } from "@/app";
import { toast } from "@/ui";
import * as acts from "./acts";
import type { actsOnAll } from "./bulk/actsOnAll";
import { reschedule } from "./later";
import type { MailLocation } from "./location";
import { mailStore } from "./mailStore";
import { isPhone } from "./phone";
import { selection } from "./selection";
import { type Stand, standOf } from "./stand";
import type { Mailbox } from "./store/types";
import type { ViewSnapshot } from "./store/views";
import { type Tag, tagOf } from "./tags/tags";

export type MailActs = {
  archive: () => void;
  trash: () => void;
  junk: () => void;
  toggleStar: () => void;
  toggleRead: () => void;
  markRead: () => void;
  markUnread: () => void;
  move: () => void;
  tag: () => void;
  /** Opens the editor of a filter for messages like the first of them. */
  filter: () => void;
  snooze: () => void;
  toggleMuted: () => void;
  /** Begins a message with them as its files. */
  attach: () => void;
};

/** More than a message has room for; each is asked for by itself. */
const MOST_ATTACHED = 50;

const tooMany = (count: number) =>
  void toast({
    text: plural(count, {
      one: `# message is too many: at most ${MOST_ATTACHED} go as attachments of one.`,
      other: `# messages are too many: at most ${MOST_ATTACHED} go as attachments of one.`,
    }),
  });

/** Oldest first; of a conversation's messages some are known only by their ids, which grow as they arrive. */
function inOrder(ids: readonly string[]): string[] {
  return [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** A time is set for messages one can see, not for a whole search. */
const refuseAll = () =>
  void toast({ text: t`This is done with chosen messages: choose them one by one, or a range with Shift.` });

export type ActsOn = ReturnType<typeof useMailActs>["on"];

export function useMailActs(place: MailLocation, view: ViewSnapshot) {
  const [moving, setMoving] = useState<readonly string[] | "all">();
  const [tagging, setTagging] = useState<readonly string[] | "all">();
  const [removing, setRemoving] = useState<readonly string[]>();
  const [filtered, setFiltered] = useState<string>();
  const [waiting, setWaiting] = useState<{ ids: readonly string[]; kind: "snooze" | "send" }>();

  /** Everything of the list is the server's matter; what is asked of it is loaded when it is. */
  function onAll(act: (them: ReturnType<typeof actsOnAll>) => void) {
    void import("./bulk/actsOnAll").then((module) => act(module.actsOnAll(place)));
  }

  function targets(): readonly string[] {
    const { ids, cursor, isExtending } = selection.get();
    // Not to a part of what was meant; the bar says that it is still being selected.
    if (isExtending) return [];
    if (ids.size > 0) return [...ids];
    if (place.messageId !== undefined) return [place.messageId];
    return cursor !== undefined && view.indexOf(cursor.id) >= 0 ? [cursor.id] : [];
  }

  /** The messages that rows of this list stand for. */
  function meant(ids: readonly string[]): readonly string[] {
    return place.source?.byConversation ? [...new Set(ids.flatMap((id) => mailStore.members(id)))] : ids;
  }

  function stand(id: string): Stand {
    const row = mailStore.row(place.source?.byConversation ? mailStore.standing(id) : id);
    if (row === undefined) return { isSeen: true, isFlagged: false, keywords: [] };
    return place.source?.byConversation ? standOf(row) : row;
  }

  /** A star is given to the newest message, and taken from all. */
  function toggleStar(ids: readonly string[], telling?: acts.Telling) {
    if (ids.every((id) => stand(id).isFlagged)) acts.setStar(meant(ids), false, telling);
    else acts.setStar(ids, true, telling);
  }

  /** All of it was read; what is to be read again is the newest. */
  function toggleRead(ids: readonly string[], telling?: acts.Telling) {
    if (ids.every((id) => stand(id).isSeen)) acts.setRead(ids, false, telling);
    else acts.setRead(meant(ids), true, telling);
  }

  /** The row to stand on when these have left the list: the next one, or the one before. */
  function following(ids: readonly string[]): { id: string; index: number } | undefined {
    const { cursor } = selection.get();
    const start = view.indexOf(place.messageId ?? cursor?.id ?? "");
    if (start < 0) return undefined;
    const steps = preferences().afterAct === "previous" ? [-1, 1] : [1, -1];
    for (const step of steps) {
      for (let index = start + step; index >= 0 && index < view.total; index += step) {
        const id = view.idAt(index);
        if (id === undefined) break;
        if (!ids.includes(id)) return { id, index };
      }
    }
    return undefined;
  }

  /** An act after which the rows are no longer in this list. */
  function leave(act: (ids: readonly string[]) => boolean, ids = targets()) {
    if (ids.length === 0) return;
    const next = following(ids);
    const messages = meant(ids);
    const wasOpen = place.messageId !== undefined && messages.includes(place.messageId);
    if (!act(messages)) return;
    selection.drop(ids);
    if (next !== undefined) selection.moveCursor(next.id, next.index);
    if (!wasOpen) return;
    if (next === undefined || preferences().afterAct === "list" || isPhone()) place.close();
    else place.open(next.id);
  }

  /** What cannot be undone is asked first. */
  function trash(ids = targets()) {
    if (acts.thrownAway(meant(ids)).length > 0) setRemoving(ids);
    else leave(acts.trash, ids);
  }

  function stay(act: (ids: readonly string[]) => boolean) {
    const ids = targets();
    if (ids.length > 0) act(meant(ids));
  }

  /** In the order in which they came. */
  function attach(ids: readonly string[]) {
    if (ids.length > MOST_ATTACHED) tooMany(ids.length);
    else if (ids.length > 0) void compose({ kind: "attach", messageIds: inOrder(ids) });
  }

  const isJunk = (ids: readonly string[]) =>
    ids.every((id) => mailStore.mailbox(mailStore.rowFor(id)?.mailboxId ?? "")?.specialUse === "JUNK");

  /** A time is asked for: what waits to be sent gets another one, the rest comes back then. */
  function later(ids: readonly string[]) {
    const rows = ids.flatMap((id) => mailStore.row(id) ?? []);
    const isScheduled =
      rows.length > 0 &&
      rows.every(({ mailboxId }) => mailStore.mailbox(mailboxId)?.specialUse === "SCHEDULED");
    const some = isScheduled ? rows : rows.filter((row) => !row.isDraft);
    if (some.length > 0) setWaiting({ ids: some.map(({ id }) => id), kind: isScheduled ? "send" : "snooze" });
  }

  const one: MailActs = {
    archive: () => leave(acts.archive),
    trash: () => trash(),
    junk: () => leave((ids) => (isJunk(ids) ? acts.notJunk(ids) : acts.junk(ids))),
    toggleStar: () => toggleStar(targets()),
    toggleRead: () => toggleRead(targets()),
    markRead: () => stay((ids) => acts.setRead(ids, true)),
    markUnread: () => {
      acts.setRead(targets(), false);
      // Staying on the message would only mark it as read again.
      if (selection.get().ids.size === 0 && place.messageId !== undefined) place.close();
    },
    move: () => {
      const ids = targets();
      if (ids.length > 0) setMoving(ids);
    },
    tag: () => {
      const ids = targets();
      if (ids.length > 0) setTagging(ids);
    },
    filter: () => setFiltered(targets()[0]),
    snooze: () => later(targets()),
    toggleMuted: () => {
      const isInInbox = place.query === undefined && place.mailbox?.specialUse === "INBOX";
      if (isInInbox) leave(acts.toggleMuted);
      else stay(acts.toggleMuted);
    },
    attach: () => attach(meant(targets())),
  };

  // A filter is made from one message.
  const all: MailActs = {
    archive: () => onAll((them) => them.archive()),
    trash: () => onAll((them) => them.trash()),
    junk: () => onAll((them) => them.junk()),
    toggleStar: () => onAll((them) => them.toggleStar()),
    toggleRead: () => onAll((them) => them.markRead()),
    markRead: () => onAll((them) => them.markRead()),
    markUnread: () => onAll((them) => them.markUnread()),
    move: () => setMoving("all"),
    tag: () => setTagging("all"),
    filter: one.filter,
    snooze: refuseAll,
    toggleMuted: refuseAll,
    attach: () => tooMany(view.messageTotal),
  };
  const act = (name: keyof MailActs) => () => (selection.get().isAll ? all[name]() : one[name]());

  return {
    /** On given rows: what a swipe or a drop does. */
    on: {
      archive: (ids: readonly string[]) => leave(acts.archive, ids),
      trash,
      junk: (ids: readonly string[]) =>
        leave((some) => (isJunk(some) ? acts.notJunk(some) : acts.junk(some)), ids),
      moveTo: (ids: readonly string[] | "all", target: Mailbox) => {
        if (ids === "all") onAll((them) => them.moveTo(target));
        else leave((some) => acts.moveTo(some, target), ids);
      },
      move: (ids: readonly string[]) => setMoving(ids),
      tag: (ids: readonly string[]) => setTagging(ids),
      giveTag: (ids: readonly string[] | "all", keyword: string) => {
        const tag = tagOf(kept(), keyword);
        if (ids === "all") onAll((them) => them.setTag(tag));
        else acts.setTag(meant(ids), tag, true);
      },
      snooze: later,
      toggleStar,
      toggleRead,
    },
    acts: {
      archive: act("archive"),
      trash: act("trash"),
      junk: act("junk"),
      toggleStar: act("toggleStar"),
      toggleRead: act("toggleRead"),
      markRead: act("markRead"),
      markUnread: act("markUnread"),
      move: act("move"),
      attach: act("attach"),
      tag: act("tag"),
      filter: act("filter"),
      snooze: act("snooze"),
      toggleMuted: act("toggleMuted"),
    },
    waiting,
    stopWaiting: () => setWaiting(undefined),
    waitUntil: (until: Date) => {
      if (waiting === undefined) return;
      const { ids, kind } = waiting;
      setWaiting(undefined);
      if (kind === "send") void reschedule(ids, until);
      else if (place.mailbox?.specialUse === "SNOOZED") acts.snooze(meant(ids), until);
      else leave((some) => acts.snooze(some, until), ids);
    },
    /** How many messages these rows stand for. */
    countOf: (ids: readonly string[]) => meant(ids).length,
    removing,
    stopRemoving: () => setRemoving(undefined),
    removeNow: () => {
      if (removing !== undefined) leave(acts.trash, removing);
      setRemoving(undefined);
    },
    moving,
    stopMoving: () => setMoving(undefined),
    tagging,
    stopTagging: () => setTagging(undefined),
    tagNow: (tag: Tag, isGiven: boolean) => {
      if (tagging === "all") onAll((them) => them.setTag(tag));
      else if (tagging !== undefined) acts.setTag(meant(tagging), tag, isGiven);
      setTagging(undefined);
    },
    filtered,
    stopFiltering: () => setFiltered(undefined),
    moveNow: (target: Mailbox) => {
      if (moving === "all") onAll((them) => them.moveTo(target));
      else if (moving !== undefined) leave((ids) => acts.moveTo(ids, target), moving);
      setMoving(undefined);
    },
  };
}
