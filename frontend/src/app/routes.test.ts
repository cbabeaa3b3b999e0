import { expect, test } from "vitest";
import { adminHref, mailHref, redirectOf, routeOf, searchHref } from "./routes";
import type { KnownSession, Viewer } from "./session";

const at = (href: string) => {
  const { pathname, search } = new URL(href, "https://mail.example.test");
  return { pathname, search };
};
const instance = { isSetUp: true, hostname: "mail.example.test", version: "1" };

function signedIn(change: Partial<Viewer> = {}): KnownSession {
  const viewer = { address: "maren@example.test", permissions: ["MAIL_USE"], ...change } as Viewer;
  return { status: "signedIn", instance, viewer, isExpired: false };
}
const nobody: KnownSession = { status: "signedOut", instance };
const fresh: KnownSession = { status: "signedOut", instance: { ...instance, isSetUp: false } };

const sentTo = (href: string, session: KnownSession) => redirectOf(routeOf(at(href)), at(href), session);

test("an address means one page, and what is not ours none", () => {
  expect(routeOf(at("/"))).toEqual({ page: "home" });
  expect(routeOf(at("/mail/inbox"))).toEqual({ page: "mail", mailbox: "inbox", message: undefined });
  expect(routeOf(at("/mail/inbox/42"))).toEqual({ page: "mail", mailbox: "inbox", message: "42" });
  expect(routeOf(at("/search?q=from%3Aanna+x&m=7"))).toEqual({ page: "search", q: "from:anna x", m: "7" });
  expect(routeOf(at("/admin/"))).toEqual({ page: "admin", path: "" });
  expect(routeOf(at("/admin/domains/12/dns"))).toEqual({ page: "admin", path: "domains/12/dns" });
  expect(routeOf(at("/settings"))).toEqual({ page: "settings", path: "" });
  expect(routeOf(at("/settings/deliveries/sent"))).toEqual({ page: "settings", path: "deliveries/sent" });
  for (const href of ["/mail", "/mail/inbox/1/2", "/nowhere", "/%E0%A4%A"])
    expect(routeOf(at(href))).toEqual({ page: "unknown" });
});

test("what is written is read again", () => {
  const search = { q: "a&b=c ü +1", in: "12", m: "9" };

  expect(routeOf(at(mailHref("äß/?", "3")))).toEqual({ page: "mail", mailbox: "äß/?", message: "3" });
  expect(routeOf(at(searchHref(search)))).toEqual({ page: "search", ...search });
  expect(routeOf(at(adminHref("spool/5")))).toEqual({ page: "admin", path: "spool/5" });
});

test("who is not signed in is asked to, and comes back to where they wanted to go", () => {
  expect(sentTo("/", nobody)).toBe("/signin");
  expect(sentTo("/search?q=a", nobody)).toBe("/signin?next=%2Fsearch%3Fq%3Da");
  expect(sentTo("/settings", nobody)).toBe("/signin?next=%2Fsettings");
  expect(sentTo("/settings/sign-ins", signedIn({ address: null, permissions: [] }))).toBeUndefined();
  expect(sentTo("/signin", nobody)).toBeUndefined();
  expect(sentTo("/signin?next=%2Fmail%2Fsent", signedIn())).toBe("/mail/sent");
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:0"])(
  "after signing in nobody is sent to %s",
  (next) => {
    expect(sentTo(`/signin?next=${encodeURIComponent(next)}`, signedIn())).toBe("/mail/inbox");
  },
);

test("an installation is set up first, and once", () => {
  expect(sentTo("/mail/inbox", fresh)).toBe("/setup");
  expect(sentTo("/setup", fresh)).toBeUndefined();
  expect(sentTo("/setup", nobody)).toBe("/signin");
  expect(sentTo("/setup", signedIn())).toBe("/mail/inbox");
});

test("nobody stays on a page that is not for them", () => {
  const keeper = signedIn({ address: null, permissions: ["SYSTEM_READ"] });

  expect(sentTo("/mail/inbox", keeper)).toBe("/admin");
  expect(sentTo("/admin/domains", keeper)).toBeUndefined();
  expect(sentTo("/admin/domains", signedIn())).toBe("/mail/inbox");
  expect(sentTo("/nowhere", signedIn())).toBe("/mail/inbox");
});

test("lists are for those who look after one", () => {
  expect(routeOf(at("/lists/7/members"))).toEqual({ page: "lists", path: "7/members" });
  expect(sentTo("/lists", signedIn())).toBe("/mail/inbox");
  expect(sentTo("/lists", signedIn({ moderatesLists: true }))).toBeUndefined();
});

test("leaves whoever has to set up a second step where they are", () => {
  expect(sentTo("/mail/inbox", signedIn({ mustSetUpTwoStep: true, permissions: [] }))).toBeUndefined();
});
