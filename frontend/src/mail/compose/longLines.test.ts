import { expect, test } from "vitest";
import { hasLongLine, LONGEST, withShortLines } from "./longLines";

test("a long line is broken behind spaces, and no letter is lost", () => {
  const text = `first\n${"word ".repeat(100_000)}\nlast`;
  const lines = withShortLines(text).split("\n");

  expect(lines).toHaveLength(27);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(LONGEST);
  expect(lines.slice(1, -2).every((line) => line.endsWith(" "))).toBe(true);
  expect(lines.slice(1, -1).join("")).toBe(text.split("\n")[1]);
});

test("without spaces it is broken anywhere; what is short stays", () => {
  expect(
    withShortLines("x".repeat(LONGEST + 1))
      .split("\n")
      .at(-1),
  ).toBe("x");
  const short = "a\n".repeat(LONGEST);
  expect(withShortLines(short)).toBe(short);
  expect(hasLongLine(short)).toBe(false);
  expect(hasLongLine("a".repeat(LONGEST + 1))).toBe(true);
});
