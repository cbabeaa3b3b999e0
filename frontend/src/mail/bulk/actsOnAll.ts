/** The acts on everything that a list shows, loaded or not: the server's matter (see bulkActs). */
import { t } from "@lingui/core/macro";
import type { MailLocation } from "../location";
import { isInTrash, mailStore } from "../mailStore";
import { mailboxName } from "../names";
import { noteFolder } from "../recentFolders";
import { selection } from "../selection";
import { junkFlags, notJunkFlags } from "../store/changes";
import { type Change, FLAGGED, type Mailbox, SEEN } from "../store/types";
import type { Tag } from "../tags/tags";
import { beginBulk } from "./bulkActs";

export function actsOnAll(place: MailLocation) {
  function begin(label: string, step: Omit<Change, "ids">) {
    const { source } = place;
    if (source === undefined) return;
    selection.clear();
    if (step.moveTo !== undefined || step.destroy) place.close();
    void beginBulk(source, step, label);
  }
  function moveToUse(use: "ARCHIVE" | "TRASH" | "JUNK" | "INBOX", label: string, flags: object = {}) {
    const target = mailStore.bySpecialUse(use);
    if (target !== undefined) begin(label, { moveTo: target.id, ...flags });
  }

  return {
    archive: () => moveToUse("ARCHIVE", t`Archive`),
    trash: () => {
      if (isInTrash(place.mailbox)) begin(t`Delete for good`, { destroy: true });
      else moveToUse("TRASH", t`Delete`);
    },
    junk: () => {
      if (place.mailbox?.specialUse === "JUNK") moveToUse("INBOX", t`Not junk`, notJunkFlags);
      else moveToUse("JUNK", t`Junk`, junkFlags);
    },
    toggleStar: () => begin(t`Star`, { addFlags: [FLAGGED] }),
    markRead: () => begin(t`Mark as read`, { addFlags: [SEEN] }),
    markUnread: () => begin(t`Mark as unread`, { removeFlags: [SEEN] }),
    setTag: (tag: Tag) => begin(t`Tag ${tag.name}`, { addFlags: [tag.keyword] }),
    moveTo: (target: Mailbox) => {
      noteFolder(target.id);
      begin(t`Move to ${mailboxName(target)}`, { moveTo: target.id });
    },
  };
}
