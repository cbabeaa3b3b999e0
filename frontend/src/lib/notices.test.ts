import { expect, test } from "vitest";
import { type NoticeTexts, readNotice, shownOf } from "./notices";

const texts: NoticeTexts = {
  newMail: "New mail",
  many: "{count} new messages",
  noSubject: "(no subject)",
  testTitle: "It works",
  testText: "So new mail is announced.",
};

test("a message is told by sender and subject and leads to itself", () => {
  const { title, options } = shownOf(
    { kind: "mail", id: "12", from: "Ada", subject: "Supper", at: 7 },
    texts,
  );

  expect([title, options.body, options.tag]).toEqual(["Ada", "Supper", "mail-12"]);
  expect(options.data).toEqual({ href: "/mail/inbox/12", id: "12", isMail: true });
  expect(options).toHaveProperty("timestamp", 7_000);
});

test("hidden content stays hidden, and an empty subject is said", () => {
  expect(shownOf({ kind: "mail", id: "12" }, texts)).toMatchObject({
    title: "Postroom",
    options: { body: "New mail", data: { href: "/mail/inbox/12" } },
  });
  expect(shownOf({ kind: "mail", id: "1", from: "Ada", subject: " " }, texts).options.body).toBe(
    "(no subject)",
  );
});

test("many lead to the inbox with their number", () => {
  expect(shownOf({ kind: "many", id: "9", count: 5, from: "Ada", subject: "Supper" }, texts)).toMatchObject({
    title: "5 new messages",
    options: { body: "Ada: Supper", tag: "many", data: { href: "/mail/inbox" } },
  });
  expect(shownOf({ kind: "many", count: 5 }, texts).options.body).toBe("");
});

test("a test leads to the settings and is no mail", () => {
  expect(shownOf({ kind: "test" }, texts)).toMatchObject({
    title: "It works",
    options: { data: { href: "/settings/notifications", isMail: false } },
  });
});

test("without the page's texts something is shown all the same", () => {
  expect(shownOf({ kind: "mail" }, undefined)).toMatchObject({ title: "Postroom", options: { body: "" } });
});

test("what cannot be read is new mail", () => {
  for (const text of [undefined, "", "{", "null", "7", "[]", '{"other":1}'])
    expect(readNotice(text)).toEqual({ kind: "mail" });
  expect(readNotice('{"kind":"test"}')).toEqual({ kind: "test" });
});

test("an id never leaves its place in the address", () => {
  expect(shownOf({ kind: "mail", id: "../x?y#z" }, texts).options.data.href).toBe(
    "/mail/inbox/..%2Fx%3Fy%23z",
  );
});
