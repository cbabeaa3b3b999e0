import { i18n } from "@lingui/core";
import { beforeAll, describe, expect, test } from "vitest";
import { keywordFor, learnTags, tagOf, tagsNamed } from "./tags";

beforeAll(() => {
  i18n.load("en", {});
  i18n.activate("en");
});

describe("keywordFor", () => {
  test.each([
    ["Travel", "Travel"],
    ["To read later", "To_read_later"],
    ["Grüße & Küsse", "Gru_e_Kusse"],
    ["$Junk (100%)", "Junk_100"],
  ])("%s", (name, keyword) => {
    expect(keywordFor(name, [])).toBe(keyword);
  });

  test("is unlike those there are, whatever their case", () => {
    expect(keywordFor("travel", ["Travel", "travel-2"])).toBe("travel-3");
  });

  test("is made from a name without a single Latin letter", () => {
    expect(keywordFor("旅行", [])).toMatch(/^tag-[0-9a-z]+$/);
    expect(keywordFor("旅行", [])).not.toBe(keywordFor("仕事", []));
  });
});

describe("tagOf", () => {
  test("knows Thunderbird's labels", () => {
    expect(tagOf({}, "$label1")).toEqual({ keyword: "$label1", name: "Important", hue: 6 });
  });

  test("has the user's name and colour, and no nonsense", () => {
    expect(tagOf({ "tag:Plan": { name: "Garden plan", hue: 3 } }, "Plan")).toMatchObject({
      name: "Garden plan",
      hue: 3,
    });
    expect(tagOf({ "tag:Plan_b": { name: 7, hue: 99 } }, "Plan_b").name).toBe("Plan b");
    expect(tagOf({ "tag:Plan_b": { hue: 99 } }, "Plan_b").hue).toBeLessThan(7);
  });
});

test("a tag is found by the beginning of a word of its name, not by its keyword", () => {
  learnTags(["North_wing", "$label1"]);

  expect(tagsNamed("win")).toEqual(["North_wing"]);
  expect(tagsNamed("imp")).toEqual(["$label1"]);
  expect(tagsNamed("ing")).toEqual([]);
  expect(tagsNamed("label")).toEqual([]);
});
