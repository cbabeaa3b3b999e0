import { describe, expect, test } from "vitest";
import { generatePassword, strengthOf } from "./password";

describe("strengthOf", () => {
  test.each([
    ["", 0, "empty"],
    ["Tr0ub4dor", 0, "short"],
    ["maren@example.org", 0, "name"],
    ["aaaaaaaaaaaaaaa", 0, "simple"],
    ["abcdefghijkl", 0, "simple"],
    ["password12345", 0, "simple"],
  ])("%s is refused: %s %s", (password, score, problem) => {
    expect(strengthOf(password, ["maren@example.org", "maren"])).toEqual({ score, problem });
  });

  test("longer and more mixed is stronger", () => {
    const scores = ["plumbriver", "plumbriver-7K", "plumb-river-7K-stone"].map(
      (password) => strengthOf(password).score,
    );
    expect(scores).toEqual([2, 4, 4]);
    expect(strengthOf("maren-maren-maren", ["maren"]).score).toBeLessThan(2);
  });
});

test("a generated password is five groups of four signs that cannot be mixed up, and strong", () => {
  const password = generatePassword();
  expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$/);
  expect(strengthOf(password).score).toBe(4);
  expect(generatePassword()).not.toBe(password);
});
