/** What a system notification says; for the service worker and for pages. Pure. */

/** What the server sends (`backend/notifications/payloads.py`), or a page has made itself. */
export type Notice = {
  kind: "mail" | "many" | "test";
  /** The message, of many the newest. */
  id?: string;
  count?: number;
  /** Unread messages of the inbox. */
  unread?: number;
  /** Unix seconds. */
  at?: number;
  /** Sender and subject are left out where they are not to be shown. */
  from?: string;
  subject?: string;
};

/** In the language of the page, which leaves them here for the worker. */
export type NoticeTexts = {
  newMail: string;
  /** With {count} in it. */
  many: string;
  noSubject: string;
  testTitle: string;
  testText: string;
};
/** Where the worker finds them. */
export const TEXTS = { cache: "postroom-texts", path: "/notice-texts.json" } as const;

export type NoticeData = { href: string; id?: string; isMail: boolean };
/** What a page is told by the worker: go there. */
export type OpenOrder = { kind: "open"; href: string };
export type Shown = { title: string; options: NotificationOptions & { data: NoticeData } };

const NAME = "Postroom";

/** Reads what came; what cannot be read is new mail all the same. */
export function readNotice(json: string | undefined): Notice {
  try {
    const read: unknown = JSON.parse(json ?? "");
    if (typeof read === "object" && read !== null && "kind" in read) return read as Notice;
  } catch {
    // Nothing of it is ours.
  }
  return { kind: "mail" };
}

export function shownOf(notice: Notice, texts: NoticeTexts | undefined): Shown {
  const { kind, id, at } = notice;
  const [title, body, href] = wordsOf(notice, texts);
  return {
    title,
    options: {
      body,
      // A newer one of the same takes the place of the older.
      tag: kind === "mail" && id !== undefined ? `mail-${id}` : kind,
      icon: "/icon-192.png",
      data: { href, isMail: kind !== "test", ...(id !== undefined && { id }) },
      ...(at !== undefined && { timestamp: at * 1_000 }),
    },
  };
}

function wordsOf({ kind, id, count, from, subject }: Notice, texts?: NoticeTexts): [string, string, string] {
  if (kind === "test") return [texts?.testTitle ?? NAME, texts?.testText ?? "", "/settings/notifications"];
  const said = subject?.trim() || texts?.noSubject || "";
  if (kind === "many") {
    const title = texts?.many.replace("{count}", String(count ?? "")) ?? NAME;
    return [title, from === undefined ? "" : `${from}: ${said}`, "/mail/inbox"];
  }
  const href = id === undefined ? "/mail/inbox" : `/mail/inbox/${encodeURIComponent(id)}`;
  return from === undefined ? [NAME, texts?.newMail ?? "", href] : [from, said, href];
}
