/** What the addresses of the application mean, how they are written, and who is led elsewhere; pure. */
import type { ComposeIntent, ComposePlace } from "./seams";
import { hasAdmin, hasMail, homeOf, type KnownSession } from "./session";

export type Address = { pathname: string; search: string };

/** Search parameters of /search: the query, the mailbox it is limited to, the open message. */
export type MailSearch = { q: string; in?: string; m?: string };

export type Route =
  | { page: "home" }
  | { page: "mail"; mailbox: string; message: string | undefined }
  | ({ page: "search" } & MailSearch)
  /** `path` is what follows /admin/, without slashes at its ends. */
  | { page: "admin"; path: string }
  /** `path` is what follows /settings/, without slashes at its ends. */
  | { page: "settings"; path: string }
  /** One message being written, in a window of its own. */
  | ({ page: "compose" } & ComposePlace)
  /** Lists that somebody moderates; `path` is what follows /lists/. */
  | { page: "lists"; path: string }
  /** `next` is where somebody wanted to go, an address of ours. */
  | { page: "signin"; next: string | undefined }
  | { page: "setup" }
  | { page: "unknown" };

export function routeOf({ pathname, search }: Address): Route {
  const [first, ...rest] = partsOf(pathname);
  const params = new URLSearchParams(search);
  switch (first) {
    case undefined:
      return { page: "home" };
    case "mail": {
      const [mailbox, message, ...more] = rest;
      if (mailbox !== undefined && more.length === 0) return { page: "mail", mailbox, message };
      break;
    }
    case "search": {
      const [within, message] = [params.get("in"), params.get("m")];
      return {
        page: "search",
        q: params.get("q") ?? "",
        ...(within !== null && { in: within }),
        ...(message !== null && { m: message }),
      };
    }
    case "admin":
      return { page: "admin", path: rest.join("/") };
    case "settings":
      return { page: "settings", path: rest.join("/") };
    case "lists":
      return { page: "lists", path: rest.join("/") };
    case "compose":
      if (rest.length > 1) break;
      return { page: "compose", messageKey: rest[0], intent: intentOf(params) };
    case "signin":
      return { page: "signin", next: ownAddress(params.get("next")) };
    case "setup":
      return { page: "setup" };
  }
  return { page: "unknown" };
}

function partsOf(pathname: string): string[] {
  try {
    return pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return [pathname]; // Not percent-encoded as it should be: no page of ours.
  }
}

/** Only a path of this site: browsers read "//host" and "/\host" as another one. */
function ownAddress(text: string | null): string | undefined {
  return text !== null && /^\/(?![/\\])/.test(text) ? text : undefined;
}

export function mailHref(mailbox = "inbox", message?: string): string {
  return ["/mail", mailbox, ...(message === undefined ? [] : [message])]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join("/");
}

export function searchHref(search: MailSearch): string {
  return `/search?${new URLSearchParams(search)}`;
}

export function adminHref(path = ""): string {
  return path === "" ? "/admin" : `/admin/${path}`;
}

export function settingsHref(path = ""): string {
  return path === "" ? "/settings" : `/settings/${path}`;
}

export function listsHref(path = ""): string {
  return path === "" ? "/lists" : `/lists/${path}`;
}

/** A window of its own, for a message that is being written or for one that begins. */
export function composeHref(what: string | ComposeIntent): string {
  if (typeof what === "string") return `/compose/${what}`;
  const params = Object.entries(what).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
  );
  return `/compose?${new URLSearchParams(params)}`;
}

function intentOf(params: URLSearchParams): ComposeIntent | undefined {
  const [kind, messageId] = [params.get("kind"), params.get("messageId")];
  if (kind === "new") {
    const [to, cc, bcc] = [params.getAll("to"), params.getAll("cc"), params.getAll("bcc")];
    return { kind, to, cc, bcc, subject: params.get("subject") ?? "", text: params.get("text") ?? "" };
  }
  if (kind === "attach") return { kind, messageIds: params.getAll("messageIds") };
  if (messageId === null) return undefined;
  return kind === "reply" || kind === "replyAll" || kind === "forward" || kind === "draft"
    ? { kind, messageId }
    : undefined;
}

/** Where somebody must go instead; undefined where they may stay. */
export function redirectOf(route: Route, address: Address, session: KnownSession): string | undefined {
  if (session.status === "failed") return undefined;
  if (session.status === "signedOut") {
    if (!session.instance.isSetUp) return route.page === "setup" ? undefined : "/setup";
    if (route.page === "signin") return undefined;
    if (route.page === "home" || route.page === "setup") return "/signin";
    return `/signin?${new URLSearchParams({ next: address.pathname + address.search })}`;
  }
  // Every address shows the same page to whoever has to set up a second step first.
  if (session.viewer.mustSetUpTwoStep) return undefined;
  const home = homeOf(session.viewer);
  switch (route.page) {
    case "signin":
      return route.next ?? home;
    case "mail":
    case "search":
    case "compose":
      return hasMail(session.viewer) ? undefined : home;
    case "settings":
      return undefined;
    case "lists":
      return session.viewer.moderatesLists ? undefined : home;
    case "admin":
      return hasAdmin(session.viewer) ? undefined : home;
    default:
      return home;
  }
}
