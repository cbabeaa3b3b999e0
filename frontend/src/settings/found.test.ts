import { expect, test } from "vitest";
import { isFound } from "./found";

test("every word typed begins some word of the section", () => {
  expect(isFound("pass", "Password and sign-ins", "devices")).toBe(true);
  expect(isFound("sign pass", "Password and sign-ins")).toBe(true);
  expect(isFound("DEV", "Password", "devices")).toBe(true);
  expect(isFound("word", "Password")).toBe(false);
  expect(isFound("password thunder", "Password")).toBe(false);
  expect(isFound("  ", "Password")).toBe(true);
});
