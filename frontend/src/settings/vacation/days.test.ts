import { expect, test } from "vitest";
import { beginningOf, endOf, firstDay, lastDay } from "./days";

test("days go to moments and back, over ends of months and years", () => {
  for (const day of ["2026-12-01", "2026-12-31", "2028-02-29", "2026-03-29", "2026-10-25"]) {
    expect(firstDay(beginningOf(day))).toBe(day);
    expect(lastDay(endOf(day))).toBe(day);
  }
});

test("the last day is meant as a whole", () => {
  expect(new Date(endOf("2026-12-04") ?? 0).getTime()).toBe(new Date(2026, 11, 5).getTime());
});

test("no day is no moment", () => {
  expect([beginningOf(""), endOf(""), firstDay(null), lastDay(null)]).toEqual([null, null, "", ""]);
});
