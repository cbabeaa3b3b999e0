/** Which list and which message the address bar names, and how to go elsewhere. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { mailStore, useMailboxes } from "./mailStore";
import type { Mailbox, Source } from "./store/types";

/** Search parameters of /search: the query, the mailbox it is limited to, the open message. */
export type MailSearch = { q: string; in?: string; m?: string };

export type MailLocation = {
  /** Undefined while the mailboxes are not known, or when there is no such mailbox. */
  source: Source | undefined;
  mailbox: Mailbox | undefined;
  /** What is searched for; undefined when a mailbox is open. */
  query: string | undefined;
  messageId: string | undefined;
  /** Opens a message; from a message to the next one the history does not grow. */
  open: (id: string) => void;
  /** Back to the list. */
  close: () => void;
  goTo: (mailbox: Mailbox) => void;
  search: (query: string) => void;
};

export function useMailLocation(): MailLocation {
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const { q, in: within, m } = useSearch({ strict: false });
  const mailboxes = useMailboxes();

  const query = params.mailbox === undefined ? (q ?? "") : undefined;
  const mailbox = mailboxes?.find((one) =>
    query === undefined ? slugOf(one) === params.mailbox || one.id === params.mailbox : one.id === within,
  );
  const source: Source | undefined =
    query === undefined
      ? mailbox && interned({ mailboxId: mailbox.id })
      : interned({ search: query, ...(within !== undefined && { mailboxId: within }) });
  const messageId = query === undefined ? params.message : m;

  function goToMessage(id: string | undefined, replace: boolean) {
    if (query !== undefined) {
      const search: MailSearch = {
        q: query,
        ...(within !== undefined && { in: within }),
        ...(id !== undefined && { m: id }),
      };
      void navigate({ to: "/search", search, replace });
    } else if (id === undefined) {
      void navigate({ to: "/mail/$mailbox", params: { mailbox: params.mailbox ?? "inbox" }, replace });
    } else {
      void navigate({
        to: "/mail/$mailbox/$message",
        params: { mailbox: params.mailbox ?? "inbox", message: id },
        replace,
      });
    }
  }

  return {
    source,
    mailbox,
    query,
    messageId,
    open: (id) => {
      if (id === messageId) return;
      performance.mark("open", { detail: id });
      // The body is asked for while the page is still on its way there; who shows it reports what fails.
      mailStore.bodies.fetch(id).catch(() => undefined);
      goToMessage(id, messageId !== undefined);
    },
    close: () => goToMessage(undefined, true),
    goTo: (target) => void navigate({ to: "/mail/$mailbox", params: { mailbox: slugOf(target) } }),
    search: (text) =>
      text.trim() === ""
        ? void navigate({ to: "/mail/$mailbox", params: { mailbox: "inbox" }, replace: true })
        : void navigate({ to: "/search", search: { q: text }, replace: query !== undefined }),
  };
}

/** How a mailbox is written in an address: by its use where it has one, else by its id. */
export function slugOf(mailbox: Mailbox): string {
  return mailbox.specialUse === null ? mailbox.id : mailbox.specialUse.toLowerCase();
}

const sources = new Map<string, Source>();

/** One object for the same list, so that effects see no change where there is none. */
function interned(source: Source): Source {
  const key = JSON.stringify([source.mailboxId, source.search]);
  const known = sources.get(key);
  if (known !== undefined) return known;
  sources.set(key, source);
  return source;
}
