import { expect, test } from "vitest";
import { countText } from "./count";

test.each([
  [0, "0"],
  [10_000, "10,000"],
  [10_001, "10,000+"],
])("%d messages are said to be %s", (total, text) => expect(countText(total)).toBe(text));
