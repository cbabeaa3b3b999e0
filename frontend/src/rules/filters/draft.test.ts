import { expect, test } from "vitest";
import type { Filter, Suggestion } from "./documents";
import {
  conditionInputs,
  draftFrom,
  draftOf,
  emptyDraft,
  inputOf,
  inputOfFilter,
  isComplete,
  moved,
  newAction,
  newCondition,
  withField,
} from "./draft";

const found: Suggestion = {
  sender: "a@shop.test",
  senderName: "Ann",
  senderDomain: "shop.test",
  listId: "",
  subject: "May",
  detailAddress: "",
};
const filter: Filter = {
  id: "1",
  name: "Large",
  isEnabled: false,
  match: "ANY",
  stops: true,
  trouble: null,
  conditions: [{ field: "SIZE", relation: "OVER", value: "2097152", header: "", isNegated: true }],
  actions: [
    { act: "MOVE", mailboxId: "7", path: "Big", keyword: null, addresses: [] },
    { act: "FORWARD", mailboxId: null, path: null, keyword: null, addresses: ["a@x.test", "b@x.test"] },
  ],
};

test("a message is recognised by its list, else by its sender, else by its subject", () => {
  const first = (one: Suggestion) => conditionInputs(draftFrom(one).conditions)[0];

  expect(first({ ...found, listId: "news.shop.test" })).toMatchObject({
    field: "LIST_ID",
    value: "news.shop.test",
  });
  expect(first(found)).toMatchObject({ field: "FROM", relation: "IS", value: "a@shop.test" });
  expect(first({ ...found, sender: "" })).toMatchObject({ field: "SUBJECT", value: "May" });
});

test("a stored filter is edited and comes back as it was", () => {
  const draft = draftOf(filter);

  expect(draft.conditions[0]?.value).toBe("2 MB");
  expect(inputOf(draft, draft.name)).toEqual(inputOfFilter(filter));
});

test("sizes are read with their unit, and what is not one is left for the server to refuse", () => {
  const size = newCondition("SIZE", { value: "1.5 MB" });

  expect(conditionInputs([size])[0]?.value).toBe("1572864");
  expect(isComplete(size)).toBe(true);
  expect(isComplete({ ...size, value: "big" })).toBe(false);
});

test("another field keeps what was typed where it still makes sense", () => {
  const sender = newCondition("FROM", { relation: "CONTAINS", value: "ann", isNegated: true });

  expect(withField(sender, "SUBJECT")).toMatchObject({ relation: "CONTAINS", value: "ann", isNegated: true });
  expect(withField(sender, "SIZE")).toMatchObject({ relation: "OVER", value: "" });
  expect(withField(newCondition("FROM", { relation: "DOMAIN" }), "SUBJECT").relation).toBe("CONTAINS");
  expect(withField(sender, "PRIORITY").value).toBe("high");
});

test("only what an action is about goes along", () => {
  const draft = { ...emptyDraft(), actions: [newAction("READ", { mailboxId: "3", keyword: "x" })] };

  expect(inputOf(draft, "n").actions).toEqual([{ act: "READ", mailboxId: null, keyword: "", addresses: [] }]);
  expect(isComplete(newCondition("HEADER", { value: "x" }))).toBe(false);
  expect(isComplete(newCondition("ATTACHMENT"))).toBe(true);
});

test("an entry is moved, at most to the end", () => {
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 0, 9)).toEqual(["b", "c", "a"]);
});
