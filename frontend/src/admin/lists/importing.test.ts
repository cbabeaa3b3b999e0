import { describe, expect, test } from "vitest";
import { chunks, readMembers } from "./importing";

const pairs = (text: string) => readMembers(text).map(({ address, name }) => [address, name]);

describe("members as they are pasted", () => {
  test("one a line, each once", () => {
    expect(pairs("a@x.test\n\nB@x.test\r\nA@X.test\n")).toEqual([
      ["a@x.test", ""],
      ["B@x.test", ""],
    ]);
  });

  test("a table with headings, quotes and either separator", () => {
    expect(pairs('Name;E-mail address\n"Holt, Maren";m@x.test\nn@x.test,"Nils"')).toEqual([
      ["m@x.test", "Holt, Maren"],
      ["n@x.test", "Nils"],
    ]);
    expect(pairs("m@x.test\tMaren\tHolt")).toEqual([["m@x.test", "Maren Holt"]]);
  });

  test("an address field", () => {
    expect(pairs('"Holt, Maren" <m@x.test>, n@x.test; Nils <o@x.test>')).toEqual([
      ["m@x.test", "Holt, Maren"],
      ["n@x.test", ""],
      ["o@x.test", "Nils"],
    ]);
  });

  test("groups, and words that the server shall refuse", () => {
    expect(pairs("group:desk\nnonsense\n")).toEqual([
      ["group:desk", ""],
      ["nonsense", ""],
    ]);
    expect(pairs("")).toEqual([]);
  });
});

test("chunks keep the order and lose nothing", () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunks([], 2)).toEqual([]);
});
