import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeRow } from "../fake/rows";
import { rememberSession } from "./app/lastSession";
import { SavedMail } from "./mail/offline/savedMail";
import { remembered } from "./remembered";

const stored = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => stored.set(name, value),
  removeItem: (name: string) => stored.delete(name),
});
const session = {
  instance: { isSetUp: true, hostname: "mail.example.test", version: "1" },
  viewer: { id: "7" },
};

beforeEach(() => rememberSession(session as never));

test("without anything kept there is nothing, and no database is left behind", async () => {
  expect(await remembered(null, 30)).toBeNull();
  expect(await indexedDB.databases()).toEqual([]);
});

test("the newest rows of the inbox, or of the mailbox that is named", async () => {
  const saved = await SavedMail.open("7");
  const inbox = { id: "1", specialUse: "INBOX", total: 4000 };
  const archive = { id: "2", specialUse: "ARCHIVE", total: 1 };
  const rows = Array.from({ length: 50 }, (_, index) => fakeRow(index, index === 49 ? "2" : "1"));
  const recent = rows.map((row, at) => ({
    ...row,
    receivedAt: new Date(Date.now() - at * 60_000).toISOString(),
  }));
  await saved?.keepMailboxes([inbox, archive] as never);
  await saved?.keepRows(recent);
  saved?.close();

  const found = await remembered(null, 30);
  expect(found).toMatchObject({ ...session, mailboxId: "1", page: { offset: 0, total: 4000, state: 0 } });
  expect(found?.page.rows.map(({ id }) => id)).toEqual(recent.slice(0, 30).map(({ id }) => id));
  expect((await remembered("2", 30))?.page.rows.map(({ id }) => id)).toEqual([recent[49]?.id]);
  expect(await remembered("3", 30)).toBeNull();

  rememberSession(null);
  expect(await remembered(null, 30)).toBeNull();
});
