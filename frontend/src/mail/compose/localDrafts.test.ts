import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { forgetDraft, keepDraft, keptDrafts, type LocalDraft } from "./localDrafts";
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
