import { expect, test } from "vitest";
import { startOfDay, startOfNextDay } from "./days";

test("a day is that of this browser", () => {
  expect(startOfDay("2026-11-28")).toBe(new Date(2026, 10, 28).toISOString());
  expect(startOfNextDay("2026-11-30")).toBe(new Date(2026, 11, 1).toISOString());
});

test("no day is no bound", () => {
  expect(startOfDay("")).toBeNull();
  expect(startOfNextDay("")).toBeNull();
  expect(startOfDay("soon")).toBeNull();
});
