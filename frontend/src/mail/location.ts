/** Which list and which message the address bar names, and how to go elsewhere. */
import {
  keep,
  type MailSearch,
  mailHref,
  navigate,
  retreat,
  searchHref,
  useKept,
  usePreferences,
  useRoute,
} from "@/app";
import { isByConversation, isSame, type ListChoice, listChoice } from "./list/choice";
import { mailStore, useMailboxes } from "./mailStore";
import type { Mailbox, Source } from "./store/types";

export type MailLocation = {
  /** Undefined while the mailboxes are not known, or when there is no such mailbox. */
  source: Source | undefined;
  mailbox: Mailbox | undefined;
  /** How the list is sorted, and which messages it shows; a search is always newest first. */
  choice: ListChoice;
  arrange: (choice: Partial<ListChoice>) => void;
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
  const route = useRoute();
  const mailboxes = useMailboxes();

  const query = route.page === "search" ? route.q : undefined;
  const within = route.page === "search" ? route.in : undefined;
  const slug = route.page === "mail" ? route.mailbox : "inbox";
  const mailbox = mailboxes?.find((one) =>
    query === undefined ? slugOf(one) === slug || one.id === slug : one.id === within,
  );
  const keptValues = useKept();
  const wanted = usePreferences();
  const listName = `list:${mailbox?.id}`;
  const choice = listChoice(query === undefined ? keptValues[listName] : undefined);
  const source: Source | undefined =
    query === undefined
      ? mailbox &&
        interned({
          mailboxId: mailbox.id,
          ...(choice.filter && { filter: choice.filter }),
          ...(isByConversation(mailbox, choice.sort, wanted) && { byConversation: true }),
        })
      : interned({ search: query, ...(within !== undefined && { mailboxId: within }) });
  const messageId = route.page === "mail" ? route.message : route.page === "search" ? route.m : undefined;

  function hrefOf(id: string | undefined): string {
    if (query === undefined) return mailHref(slug, id);
    const search: MailSearch = {
      q: query,
      ...(within !== undefined && { in: within }),
      ...(id !== undefined && { m: id }),
    };
    return searchHref(search);
  }

  return {
    source,
    mailbox,
    choice,
    arrange: (wanted) => {
      const next = { ...choice, ...wanted };
      keep(listName, isSame(next, listChoice(undefined)) ? undefined : next);
    },
    query,
    messageId,
    open: (id) => {
      if (id === messageId) return;
      performance.mark("open", { detail: id });
      // The body is asked for while the page is still on its way there; who shows it reports what fails.
      mailStore.bodies.fetch(id).catch(() => undefined);
      navigate(hrefOf(id), { replace: messageId !== undefined });
    },
    close: () => retreat(hrefOf(undefined)),
    goTo: (target) => navigate(mailHref(slugOf(target))),
    search: (text) =>
      text.trim() === ""
        ? retreat(mailHref())
        : navigate(searchHref({ q: text }), { replace: query !== undefined }),
  };
}

/** How a mailbox is written in an address: by its use where it has one, else by its id. */
export function slugOf(mailbox: Mailbox): string {
  return mailbox.specialUse === null ? mailbox.id : mailbox.specialUse.toLowerCase();
}

const sources = new Map<string, Source>();

/** One object for the same list, so that effects see no change where there is none. */
function interned(source: Source): Source {
  const key = JSON.stringify([source.mailboxId, source.search, source.filter, source.byConversation]);
  const known = sources.get(key);
  if (known !== undefined) return known;
  sources.set(key, source);
  return source;
}
