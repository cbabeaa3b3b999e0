import { expect, test } from "vitest";
import { domainOfMany } from "./addressed";

test("several addresses of a domain are one recipient", () => {
  expect(domainOfMany("@example.org")).toBe("example.org");
  expect(domainOfMany("ada@example.org")).toBeUndefined();
  expect(domainOfMany("")).toBeUndefined();
});
