/** Reads ahead in quiet moments, so that the last 90 days are there without the server. */
import { mailStore } from "../mailStore";
import { mailServer } from "../server";
import { oldestKept, type SavedMail } from "./savedMail";

const AGAIN_MS = 12 * 3_600_000;
const PAGE_ROWS = 200;
const MOST_ROWS = 4_000;
const MOST_BODIES = 100;
const PAUSE_MS = 400;
const FIRST_ROWS = 50;
const KEPT: readonly (string | null | undefined)[] = ["INBOX", "SENT", "DRAFTS", "ARCHIVE"];

type Connection = { saveData?: boolean };

export async function fill(saved: SavedMail, isOver: () => boolean): Promise<void> {
  // Who pays by the megabyte has said so.
  if ((navigator as { connection?: Connection }).connection?.saveData === true) return;
  await saved.prune();
  // What the page began with came before there was anybody to keep it.
  await saved.keepMailboxes(mailStore.mailboxes() ?? []);
  for (const mailbox of mailStore.mailboxes() ?? []) {
    if (!KEPT.includes(mailbox.specialUse)) continue;
    if (Date.now() - (await saved.filledAt(mailbox.id)) < AGAIN_MS) {
      await mailServer.page({ mailboxId: mailbox.id }, "DATE_DESC", 0, FIRST_ROWS);
      continue;
    }
    const newest = await fillRows(mailbox.id, isOver);
    if (mailbox.specialUse === "INBOX") await fillBodies(saved, newest, isOver);
    if (isOver() || mailServer.isOffline()) return;
    await saved.noteFilled(mailbox.id);
  }
}

/** The newest messages of the mailbox. */
async function fillRows(mailboxId: string, isOver: () => boolean): Promise<string[]> {
  const oldest = oldestKept();
  const newest: string[] = [];
  for (let offset = 0; offset < MOST_ROWS && !isOver() && !mailServer.isOffline(); offset += PAGE_ROWS) {
    const { rows, total } = await mailServer.page({ mailboxId }, "DATE_DESC", offset, PAGE_ROWS);
    if (offset === 0) newest.push(...rows.slice(0, MOST_BODIES).map(({ id }) => id));
    const last = rows.at(-1);
    if (last === undefined || last.receivedAt < oldest || offset + rows.length >= total) break;
    await pause();
  }
  return newest;
}

async function fillBodies(saved: SavedMail, ids: readonly string[], isOver: () => boolean): Promise<void> {
  for (const id of ids) {
    if (isOver() || mailServer.isOffline()) return;
    if (await saved.knows(id)) continue;
    await mailServer.message(id, null);
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
