/** Moving folders and throwing them away: told in a notice, and taken back from it or by `z`. */
import { t } from "@lingui/core/macro";
import { isApiError, request } from "@/api";
import { announce } from "@/app";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { mailboxName } from "../names";
import { RenameMailboxMutation } from "../store/documents";
import type { Mailbox } from "../store/types";

/** Under another folder, or to the top where there is none. */
export async function moveFolder(mailbox: Mailbox, parent: Mailbox | undefined): Promise<void> {
  const path = parent === undefined ? mailbox.name : `${parent.path}/${mailbox.name}`;
  const place = parent === undefined ? t`the top` : mailboxName(parent);
  const name = mailboxName(mailbox);
  await relocate(mailbox, path, t`Move ${name}`, t`${name} moved to ${place}`);
}

/** With all that is in it into Trash, from where emptying removes it. */
export async function throwAway(mailbox: Mailbox): Promise<void> {
  const trash = mailStore.bySpecialUse("TRASH");
  if (trash === undefined) return;
  const taken = new Set(mailStore.mailboxes()?.map((one) => one.path));
  let path = `${trash.path}/${mailbox.name}`;
  for (let number = 2; taken.has(path); number += 1) path = `${trash.path}/${mailbox.name} ${number}`;
  const name = mailboxName(mailbox);
  await relocate(mailbox, path, t`Delete ${name}`, t`${name} moved to Trash`);
}

async function relocate(mailbox: Mailbox, path: string, label: string, text: string): Promise<void> {
  const { id, path: before } = mailbox;
  if (path === before || !(await rename(id, path))) return;
  const step = mailStore.undoHistory.pushRun(label, () => void takeBack(), { at: Date.now(), isOld: false });
  announce(text);
  toast({
    text,
    action: { label: t`Undo`, onAction: () => mailStore.undoHistory.take(step.id) && void takeBack() },
  });

  async function takeBack() {
    if (await rename(id, before)) toast({ text: t`Undone: ${label}` });
  }
}

async function rename(id: string, path: string): Promise<boolean> {
  try {
    await request(RenameMailboxMutation, { id, path });
    await mailStore.loadMailboxes();
    return true;
  } catch (problem) {
    toast({
      text: isApiError(problem) ? problem.message : t`That did not work. Please try again.`,
      tone: "danger",
    });
    return false;
  }
}
