/**
 * New mail, told by the page: by a quiet notice to whoever looks at it and sees no inbox, by a notification of
 * the system to whoever looks elsewhere and has no push in this browser.
 */
import { plural, t } from "@lingui/core/macro";
import { request } from "@/api";
import { currentSession, mailHref, navigate } from "@/app";
import { currentPlace } from "@/app/location";
import { chosenFor, registration } from "@/app/push/browser";
import { noticeTexts } from "@/app/push/push";
import { type Notice, type NoticeData, shownOf } from "@/lib/notices";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { type NewMessage, NewsQuery } from "./documents";

const MOST_EACH = 3;
/** A lock of all windows of this browser: held by the one that is looked at. */
const LOOKING = "postroom.looking";
let end: string | null = null;
let asking: Promise<void> = Promise.resolve();
let lookAway: (() => void) | undefined;

noteLooking();
for (const kind of ["focus", "blur"]) addEventListener(kind, noteLooking);
document.addEventListener("visibilitychange", noteLooking);

/** Asks for what came since the last time, and tells it; the first time only from where on. */
export function tellNews(): Promise<void> {
  asking = asking.then(ask).catch(() => undefined);
  return asking;
}

async function ask(): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { news } = await request(NewsQuery, { after: end, zone });
  if (news === null) return;
  end = news.end;
  if (news.messages.length === 0) return;
  if (isLooking()) tellHere(news.messages);
  else if (!(await isLookingElsewhere())) await tellOutside(news.messages);
}

function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function noteLooking(): void {
  if (!isLooking()) {
    lookAway?.();
    lookAway = undefined;
  } else if (lookAway === undefined) {
    const looked = new Promise<void>((resolve) => {
      lookAway = resolve;
    });
    void navigator.locks?.request(LOOKING, { mode: "shared" }, () => looked);
  }
}

/** Another window of this browser is looked at, and tells. */
async function isLookingElsewhere(): Promise<boolean> {
  const locks = await navigator.locks?.query();
  return locks?.held?.some(({ name }) => name === LOOKING) === true;
}

function tellHere(messages: readonly NewMessage[]): void {
  const last = messages.at(-1);
  if (last === undefined || isInboxOnScreen()) return;
  const href = messages.length === 1 ? mailHref("inbox", last.id) : mailHref("inbox");
  const { sender } = last;
  const subject = last.subject?.trim() || t`(no subject)`;
  const text =
    messages.length > 1 || sender === null
      ? plural(messages.length, { one: "# new message", other: "# new messages" })
      : t`${sender}: ${subject}`;
  toast({ text, action: { label: t`Open`, onAction: () => navigate(href) } });
}

/** Who has the list before them sees what comes. */
function isInboxOnScreen(): boolean {
  const { route } = currentPlace();
  if (route.page !== "mail" || route.mailbox !== "inbox") return false;
  return document.querySelector("[role=grid]")?.checkVisibility() === true;
}

async function tellOutside(messages: readonly NewMessage[]): Promise<void> {
  const session = currentSession();
  if (session.status !== "signedIn" || chosenFor(session.viewer.id)?.way !== "page") return;
  const worker = await registration();
  for (const notice of noticesOf(messages)) {
    const { title, options } = shownOf(notice, noticeTexts());
    await worker?.showNotification(title, options);
  }
}

function noticesOf(messages: readonly NewMessage[]): Notice[] {
  const said = ({ id, sender, subject }: NewMessage) => ({
    id,
    ...(sender !== null && { from: sender, subject: subject ?? "" }),
  });
  const last = messages.at(-1);
  if (messages.length > MOST_EACH && last !== undefined)
    return [{ kind: "many", count: messages.length, ...said(last) }];
  return messages.map((one) => ({ kind: "mail", ...said(one) }));
}

/** Takes notifications away whose messages were read, here or elsewhere. */
export async function closeRead(): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration();
  const isAllRead = mailStore.bySpecialUse("INBOX")?.unread === 0;
  for (const shown of (await worker?.getNotifications()) ?? []) {
    const { id, isMail } = (shown.data ?? {}) as Partial<NoticeData>;
    const isRead = id !== undefined && mailStore.row(id)?.isSeen === true;
    if (isMail === true && (isAllRead || isRead)) shown.close();
  }
}
