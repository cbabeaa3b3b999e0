import { expect, test } from "vitest";
import { detailWords } from "./auditDetail";

test.each([
  ['{"targets": ["a@example.org", "b@example.org"]}', "targets: a@example.org, b@example.org"],
  ['{"name": "", "is_primary": false, "of": {"a": 1}}', 'name: – · is primary: false · of: {"a":1}'],
  ["{}", ""],
  ["[1]", "[1]"],
  ["not JSON", "not JSON"],
])("%s is read as %s", (detail, words) => {
  expect(detailWords(detail)).toBe(words);
});
