// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { forgetSent, noteSent, sentNotes } from "./sentNotes";

const note = (submissionId: string, until: number, viewerId = "1") => ({ viewerId, submissionId, until });

beforeEach(() => sessionStorage.clear());

test("what can still be taken back is remembered, for who sent it", () => {
  noteSent(note("a", 1_000), 0);
  noteSent(note("b", 9_000), 0);
  noteSent(note("c", 9_000, "2"), 0);
  expect(sentNotes("1", 2_000).map(({ submissionId }) => submissionId)).toEqual(["b"]);
  forgetSent("b");
  expect(sentNotes("1", 0).map(({ submissionId }) => submissionId)).toEqual(["a"]);
});

test("what others left in the place is no note", () => {
  for (const odd of ["{", '{"a":1}', '[{"until":"x"}]']) {
    sessionStorage.setItem("postroom.sent", odd);
    expect(sentNotes("1", 0)).toEqual([]);
  }
});
