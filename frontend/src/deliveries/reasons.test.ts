import { expect, test } from "vitest";
import { reasonOf } from "./reasons";

test.each([
  ["5.1.1", "noSuchAddress"],
  ["5.2.2", "full"],
  ["4.2.2", "full"],
  ["4.7.1", "later"],
  ["5.7.1", "refused"],
  ["5.7.26", "notTrusted"],
  ["5.4.6", "loop"],
  ["4.4.1", "noAnswer"],
  ["4.0.0", "later"],
  ["5.9.99", "refused"],
  ["", "unknown"],
  ["nonsense", "unknown"],
  ["5.1.1; drop", "unknown"],
] as const)("%s means %s", (status, reason) => {
  expect(reasonOf(status)).toBe(reason);
});
