/** The keys of mail, as Gmail taught them, and the same commands for the palette. */
import { useLingui } from "@lingui/react/macro";
import type { RefObject } from "react";
import { compose, useCommands } from "@/app";
import { undo } from "./acts";
import { beside } from "./list/beside";
import { extendTo } from "./list/range";
import { walk } from "./list/walk";
import type { MailLocation } from "./location";
import { mailStore, useMailboxes } from "./mailStore";
import { mailboxName } from "./names";
import { refresh } from "./refresh";
import { selection, useSelection } from "./selection";
import type { ViewSnapshot } from "./store/views";
import type { MailActs } from "./useMailActs";

const goKeys: Record<string, string> = {
  INBOX: "g i",
  DRAFTS: "g d",
  SENT: "g t",
  SNOOZED: "g z",
  SCHEDULED: "g s",
  ARCHIVE: "g a",
  JUNK: "g j",
  TRASH: "g b",
};

type Parts = {
  place: MailLocation;
  view: ViewSnapshot;
  acts: MailActs;
  searchRef: RefObject<HTMLInputElement | null>;
};

export function useMailCommands({ place, view, acts, searchRef }: Parts): void {
  "use no memo"; // The list is made anew each time, cheaply; memoised it would be four times the code.
  const { t } = useLingui();
  const { ids, isAll } = useSelection();
  const mailboxes = useMailboxes() ?? [];
  const openId = place.messageId;

  /** Where one stands; between two rows, by a half, where the row one stood on has left the list. */
  function here(id: string | undefined): number {
    const { cursor } = selection.get();
    const index = view.indexOf(id ?? "");
    return index >= 0 ? index : (cursor?.index ?? selection.top()) - 0.5;
  }
  function step(by: number) {
    const { source, choice } = place;
    const { cursor } = selection.get();
    const index = beside(here(openId ?? cursor?.id), by, view.total);
    if (source === undefined || index === undefined) return;
    walk(source, choice.sort, index, by, (id) => {
      selection.walkTo(id, index);
      if (openId !== undefined) place.open(id);
      else void mailStore.bodies.fetch(id).catch(() => undefined);
    });
  }
  function extend(by: number) {
    if (place.source === undefined) return;
    const index = beside(here(standing()), by, view.total);
    if (index !== undefined) extendTo(place.source, place.choice.sort, index);
  }
  /** Who has begun to select goes on from there, whatever message is open beside it. */
  function standing(): string | undefined {
    const { cursor } = selection.get();
    return ids.size > 0 ? (cursor?.id ?? openId) : (openId ?? cursor?.id);
  }
  function openCursor() {
    const { cursor } = selection.get();
    const id = cursor === undefined || view.indexOf(cursor.id) < 0 ? view.idAt(0) : cursor.id;
    if (id !== undefined) place.open(id);
  }
  function answer(kind: "reply" | "replyAll" | "forward", shiftKey = false) {
    const messageId = openId ?? selection.get().cursor?.id;
    if (messageId !== undefined) void compose({ kind, messageId }, { shiftKey });
  }
  function back() {
    if (ids.size > 0 || isAll) selection.clear();
    else if (openId !== undefined) place.close();
    else if (place.query !== undefined) place.search("");
  }

  const messages = t`Messages`;
  const moving = t`Moving around`;
  const going = t`Go to`;
  const writing = t`Writing`;
  useCommands([
    { id: "next", label: t`Next message`, group: moving, keys: ["j", "ArrowDown"], run: () => step(1) },
    {
      id: "previous",
      label: t`Previous message`,
      group: moving,
      keys: ["k", "ArrowUp"],
      run: () => step(-1),
    },
    { id: "open", label: t`Open message`, group: moving, keys: ["Enter", "o"], run: openCursor },
    { id: "back", label: t`Back to the list`, group: moving, keys: ["u", "Escape"], run: back },
    { id: "find", label: t`Search`, group: moving, keys: ["/"], run: () => searchRef.current?.focus() },
    {
      id: "select",
      label: t`Select message`,
      group: messages,
      keys: ["x"],
      run: () => {
        const index = Math.max(0, Math.ceil(here(standing())));
        const id = view.idAt(index);
        if (id !== undefined) selection.toggle(id, index);
      },
    },
    {
      id: "select-all",
      label: t`Select all messages of the list`,
      group: messages,
      keys: ["Mod+a"],
      run: () => selection.selectAll(),
    },
    {
      id: "extend-down",
      label: t`Select downwards`,
      group: messages,
      keys: ["Shift+j", "Shift+ArrowDown"],
      run: () => extend(1),
    },
    {
      id: "extend-up",
      label: t`Select upwards`,
      group: messages,
      keys: ["Shift+k", "Shift+ArrowUp"],
      run: () => extend(-1),
    },
    { id: "archive", label: t`Archive`, group: messages, keys: ["e"], run: acts.archive },
    { id: "delete", label: t`Delete`, group: messages, keys: ["#", "Delete"], run: acts.trash },
    { id: "junk", label: t`Junk or not junk`, group: messages, keys: ["!"], run: acts.junk },
    { id: "star", label: t`Star`, group: messages, keys: ["s"], run: acts.toggleStar },
    { id: "move", label: t`Move to…`, group: messages, keys: ["v"], run: acts.move },
    { id: "filter", label: t`Filter messages like this…`, group: messages, run: acts.filter },
    { id: "tag", label: t`Tag…`, group: messages, keys: ["l"], run: acts.tag },
    { id: "read", label: t`Mark as read`, group: messages, keys: ["Shift+i"], run: acts.markRead },
    { id: "snooze", label: t`Snooze…`, group: messages, keys: ["b"], run: acts.snooze },
    {
      id: "mute",
      label: t`Mute or unmute conversation`,
      group: messages,
      keys: ["m"],
      run: acts.toggleMuted,
    },
    { id: "unread", label: t`Mark as unread`, group: messages, keys: ["Shift+u"], run: acts.markUnread },
    {
      id: "join",
      label: t`Join the conversations of the selected messages`,
      group: messages,
      isEnabled: ids.size > 1,
      run: () =>
        void import("./reading/splitting").then(({ joinConversations }) => joinConversations([...ids])),
    },
    { id: "refresh", label: t`Check for new mail`, group: messages, run: () => void refresh() },
    { id: "undo", label: t`Undo`, group: messages, keys: ["z", "Mod+z"], run: () => undo() },
    { id: "write", label: t`Write`, group: writing, keys: ["c"], run: () => void compose({ kind: "new" }) },
    { id: "reply", label: t`Reply`, group: writing, keys: ["r"], run: () => answer("reply") },
    { id: "reply-all", label: t`Reply all`, group: writing, keys: ["a"], run: () => answer("replyAll") },
    { id: "forward", label: t`Forward`, group: writing, keys: ["f"], run: () => answer("forward") },
    {
      id: "attach",
      label: t`Forward as attachment`,
      group: writing,
      isEnabled: isAll || ids.size > 0 || openId !== undefined,
      run: acts.attach,
    },
    {
      id: "write-apart",
      label: t`Write in a new window`,
      group: writing,
      keys: ["Shift+c"],
      run: () => void compose({ kind: "new" }, { shiftKey: true }),
    },
    {
      id: "reply-apart",
      label: t`Reply in a new window`,
      group: writing,
      keys: ["Shift+r"],
      run: () => answer("reply", true),
    },
    {
      id: "reply-all-apart",
      label: t`Reply all in a new window`,
      group: writing,
      keys: ["Shift+a"],
      run: () => answer("replyAll", true),
    },
    {
      id: "forward-apart",
      label: t`Forward in a new window`,
      group: writing,
      keys: ["Shift+f"],
      run: () => answer("forward", true),
    },
    ...mailboxes.map((mailbox) => {
      const keys = goKeys[mailbox.specialUse ?? ""];
      return {
        id: `go-${mailbox.id}`,
        label: mailboxName(mailbox),
        group: going,
        ...(keys !== undefined && { keys: [keys] }),
        run: () => place.goTo(mailbox),
      };
    }),
  ]);
}
