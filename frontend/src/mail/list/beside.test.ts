import { expect, test } from "vitest";
import { beside } from "./beside";

test.each([
  ["from row to row", 3, 1, 4],
  ["and back", 3, -1, 2],
  ["stays on the last", 9, 1, 9],
  ["stays on the first", 0, -1, 0],
  ["from between two rows to the one below", 2.5, 1, 3],
  ["and to the one above", 2.5, -1, 2],
  ["never forwards from above the first, whose row has left", -0.5, -1, undefined],
  ["never back from below the last, whose row has left", 9.5, 1, undefined],
  ["from above the first to it", -0.5, 1, 0],
])("%s", (_, from, by, to) => {
  expect(beside(from, by, 10)).toBe(to);
});

test("there is nothing in an empty list", () => {
  expect(beside(0, 1, 0)).toBeUndefined();
});
