import { expect, test } from "vitest";
import { lastWord, quoted, withLastWord, withoutPart, withoutPartOf } from "./queryText";

test.each([
  ["from:an", "from:an"],
  ["hello from:", "from:"],
  ["hello ", ""],
  ['subject:"two wo', 'subject:"two wo'],
  ["(from:a OR fr", "fr"],
])("the last word of %s is %s", (text, word) => {
  expect(lastWord(text)).toBe(word);
});

test("a suggestion takes the place of the last word", () => {
  expect(withLastWord("budget fr", "from:ann@x.example")).toBe("budget from:ann@x.example ");
  expect(quoted("Work in progress")).toBe('"Work in progress"');
  expect(quoted("plain")).toBe("plain");
});

test.each([
  ["from:ann budget", "from:ann", "budget"],
  ["aa OR bb", "bb", "aa"],
  ["aa OR bb OR cc", "bb", "aa OR cc"],
  ["aa (bb OR cc)", "bb", "aa (cc)"],
  ["aa (bb)", "bb", "aa"],
  ["from:(ann) x", "ann", "x"],
  ["-(ann) x", "ann", "x"],
  ["aa", "aa", ""],
])("%s without %s is %s", (text, part, left) => {
  expect(withoutPart(text, { start: text.indexOf(part), length: part.length })).toBe(left);
});

test("two parts are taken away although the answer to the first is not here yet", () => {
  const earlier = "from:ann before:soon in:nowhere";
  const newest = withoutPartOf(earlier, earlier, { start: 21, length: 10 });
  expect(newest).toBe("from:ann before:soon");
  expect(withoutPartOf(newest, earlier, { start: 9, length: 11 })).toBe("from:ann");
  expect(withoutPartOf(newest, earlier, { start: 21, length: 10 })).toBe("from:ann before:soon");
});
