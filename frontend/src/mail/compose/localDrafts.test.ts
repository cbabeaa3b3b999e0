import "fake-indexeddb/auto";
import { i18n } from "@lingui/core";
import { expect, test, vi } from "vitest";
import { forgetDraft, keepDraft, keepsDrafts, keptDrafts, type LocalDraft } from "./localDrafts";
import { adviceOf } from "./problems";
import { emptyContent } from "./types";

const draft = (key: string, viewerId: string, changedAt: number): LocalDraft => ({
  key,
  draftKey: key,
  viewerId,
  content: { ...emptyContent, subject: key, cc: [{ name: "Sofia", address: "sofia@example.net" }] },
  serverId: null,
  isSaved: false,
  savedAt: null,
  remindDays: null,
  signatureId: null,
  isDiscarded: false,
  isApart: false,
  changedAt,
});

test("drafts come back whole, oldest first, and only to whom they belong", async () => {
  await keepDraft(draft("b", "1", 20));
  await keepDraft(draft("a", "1", 10));
  await keepDraft(draft("c", "2", 5));
  await keepDraft({ ...draft("a", "1", 30), serverId: "77" });

  expect(await keptDrafts("1")).toEqual([draft("b", "1", 20), { ...draft("a", "1", 30), serverId: "77" }]);

  await forgetDraft("a");
  expect((await keptDrafts("1")).map(({ key }) => key)).toEqual(["b"]);
  expect((await keptDrafts("2")).map(({ key }) => key)).toEqual(["c"]);
});

test("a device without room is known, and said to whoever writes without a connection", async () => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  const offline = { code: "OFFLINE", message: "Not reached" } as const;
  const putting = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("No room", "QuotaExceededError");
  });
  await keepDraft(draft("f", "9", 1));
  expect([keepsDrafts(), await keptDrafts("9")]).toEqual([false, []]);
  expect(adviceOf(offline)).toMatch(/no room for your text/);

  putting.mockRestore();
  await keepDraft(draft("f", "9", 1));
  expect(keepsDrafts()).toBe(true);
  expect(adviceOf(offline)).not.toMatch(/no room/);
  await forgetDraft("f");
});
