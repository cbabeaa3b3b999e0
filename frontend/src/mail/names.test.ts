import { i18n } from "@lingui/core";
import { beforeAll, describe, expect, test } from "vitest";
import { fakeRow } from "../../fake/rows";
import { correspondent, mailboxName, mailboxTree, subjectOf } from "./names";
import type { Mailbox } from "./store/types";

beforeAll(() => {
  i18n.load("en", {});
  i18n.activate("en");
});

function mailbox(id: string, path: string, more: Partial<Mailbox> = {}): Mailbox {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    id,
    path,
    name,
    parentId: null,
    specialUse: null,
    total: 0,
    unread: 0,
    modseq: 1,
    rights: [],
    ...more,
  };
}

describe("mailboxTree", () => {
  test("has special mailboxes in their order, then others by name with their children", () => {
    const list = [
      mailbox("1", "Zoo"),
      mailbox("2", "Trash", { specialUse: "TRASH" }),
      mailbox("3", "alpha"),
      mailbox("4", "Zoo/Lions", { parentId: "1" }),
      mailbox("5", "INBOX", { specialUse: "INBOX" }),
      mailbox("6", "gone/Child", { parentId: "99" }),
    ];

    expect(mailboxTree(list, "en").map(({ mailbox: one, level }) => [one.id, level])).toEqual([
      ["5", 0],
      ["2", 0],
      ["3", 0],
      ["6", 0],
      ["1", 0],
      ["4", 1],
    ]);
  });
});

test("mailboxes of others come last and say whose they are", () => {
  const list = [
    mailbox("1", "Users/ann@example.test/Plans"),
    mailbox("2", "Zoo"),
    mailbox("3", "Users/ann@example.test/Plans/North", { parentId: "1" }),
    mailbox("4", "users/Mine"),
  ];

  expect(mailboxTree(list, "en").map(({ mailbox: one }) => mailboxName(one))).toEqual([
    "Mine",
    "Zoo",
    "Plans · ann@example.test",
    "North · ann@example.test",
  ]);
});

describe("a row", () => {
  test("is about the sender, in Sent about the recipients", () => {
    const row = fakeRow(0, "1");

    expect(correspondent(row, mailbox("1", "INBOX", { specialUse: "INBOX" })).name).toBe("Amara Okafor");
    expect(correspondent(row, mailbox("3", "Sent", { specialUse: "SENT" })).name).toBe("Maren Holt");
    expect(correspondent({ ...row, toText: "", isDraft: true }, undefined).name).toBe("No recipient");
    expect(subjectOf({ subject: "  " })).toBe("No subject");
  });
});
