import { expect, test } from "vitest";
import { isMissingCode } from "./missingCode";

test.each([
  "Failed to fetch dynamically imported module: https://mail.example/assets/a.js",
  "error loading dynamically imported module: https://mail.example/assets/a.js",
  "Importing a module script failed.",
  "Unable to preload CSS for /assets/a.css",
])("%s", (message) => {
  expect(isMissingCode(new Error(message))).toBe(true);
});

test("other errors are not about code", () => {
  expect([isMissingCode(new Error("The import of 3 messages failed")), isMissingCode("x")]).toEqual([
    false,
    false,
  ]);
});
