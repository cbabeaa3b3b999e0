import { describe, expect, test } from "vitest";
import type { Setting } from "../documents";
import { isFound, pieces, wordsOf } from "./found";
import { bySubject, differs } from "./subjects";

const undo = {
  key: "submission.undo_seconds",
  subject: "Sending",
  label: "Time to undo sending",
  help: "How long a sent message is held.",
  choices: [],
};
const images = {
  key: "mail.remote_images",
  subject: "Reading",
  label: "Remote images",
  help: "Whether they are loaded.",
  choices: [{ value: "never", label: "Never", help: "Only those of trusted senders." }],
};

describe("search", () => {
  test.each([
    ["", [undo, images]],
    ["undo", [undo]],
    ["HELD message", [undo]],
    ["reading", [images]],
    ["trusted", [images]],
    ["remote_images", [images]],
    ["undo images", []],
  ])("%j", (typed, expected) => {
    expect([undo, images].filter((one) => isFound(one, wordsOf(typed)))).toEqual(expected);
  });

  test("what was typed is marked wherever it stands, whatever signs are in it", () => {
    expect(pieces("Time to undo (sending)", wordsOf("undo (S"))).toEqual([
      { text: "Time to ", isHit: false },
      { text: "undo", isHit: true },
      { text: " ", isHit: false },
      { text: "(s", isHit: true },
      { text: "ending)", isHit: false },
    ]);
    expect(pieces("Anything", [])).toEqual([{ text: "Anything", isHit: false }]);
  });
});

describe("subjects", () => {
  const setting = (key: string, subject: string, more: Partial<Setting>) =>
    ({ key, subject, ownValue: null, inheritedValue: 10, ownCeiling: null, ...more }) as Setting;

  test("an own value that differs and a ceiling count; the same value once more does not", () => {
    expect(differs(setting("a", "", {}))).toBe(false);
    expect(differs(setting("a", "", { ownValue: 10 }))).toBe(false);
    expect(differs(setting("a", "", { ownValue: 0 }))).toBe(true);
    expect(differs(setting("a", "", { ownCeiling: 10 }))).toBe(true);
  });

  test("they stay in the order they come in", () => {
    const all = [setting("a", "One", {}), setting("b", "Two", { ownValue: 3 }), setting("c", "One", {})];

    const found = bySubject(all).map(({ title, settings, differing }) => [
      title,
      settings.map(({ key }) => key),
      differing,
    ]);

    expect(found).toEqual([
      ["One", ["a", "c"], 0],
      ["Two", ["b"], 1],
    ]);
  });
});
