// @vitest-environment jsdom
import { i18n } from "@lingui/core";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { BulkActFieldsFragment } from "@/api";
import { dismissToast, toastStore } from "@/ui/toasts";
import { beginBulk, takeBulkActs } from "./bulkActs";

type BulkAct = BulkActFieldsFragment;

let answer: (act: BulkAct) => void = () => undefined;
vi.mock("@/api", async (original) => ({
  ...(await original<object>()),
  request: () =>
    new Promise((resolve) => {
      answer = (beginBulkAct) => resolve({ beginBulkAct });
    }),
}));

const begun: Omit<BulkAct, "id"> = {
  state: "OPEN",
  label: "Archive",
  undoOf: null,
  destroy: false,
  total: 2,
  done: 0,
  skipped: 0,
  error: null,
  beginsAt: "2026-01-01T00:00:00Z",
  createdAt: "2026-01-01T00:00:00Z",
};
const texts = () => toastStore.get().map(({ text }) => text);

beforeAll(() => i18n.activate("en"));
afterEach(() => {
  for (const { id } of toastStore.get()) dismissToast(id);
});

test("an act that ended before the answer to its beginning came is told once, as ended", async () => {
  const open: BulkAct = { ...begun, id: "1" };
  const done: BulkAct = { ...open, state: "DONE", done: 2 };

  const beginning = beginBulk({ mailboxId: "7" }, { moveTo: "8" }, "Archive");
  takeBulkActs([open]);
  expect(texts()).toEqual(["Archive: 0 of 2"]);
  takeBulkActs([done]);
  answer(open);
  await beginning;

  expect(texts()).toEqual(["Archive: 2 messages"]);
});

test("an act whose end was all that was heard of it is told when the answer to its beginning comes", async () => {
  const open: BulkAct = { ...begun, id: "2" };

  const beginning = beginBulk({ mailboxId: "7" }, { moveTo: "8" }, "Archive");
  takeBulkActs([{ ...open, state: "DONE", done: 2 }]);
  expect(texts()).toEqual([]);
  answer(open);
  await beginning;

  expect(texts()).toEqual(["Archive: 2 messages"]);
});
