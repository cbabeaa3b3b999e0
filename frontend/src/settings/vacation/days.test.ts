import { afterEach, expect, test, vi } from "vitest";
import { beginningOf, endOf, firstDay, lastDay } from "./days";

afterEach(() => void vi.unstubAllEnvs());

test("a day is as long as the clocks make it where the reader is", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  expect(beginningOf("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(endOf("2026-03-29")).toBe("2026-03-29T22:00:00.000Z");
  expect([beginningOf("2026-10-25"), endOf("2026-10-25")]).toEqual([
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
  ]);
  expect(lastDay("2026-10-25T23:00:00.000Z")).toBe("2026-10-25");
  // Where midnight is left out.
  vi.stubEnv("TZ", "America/Santiago");
  expect(firstDay(beginningOf("2026-09-06"))).toBe("2026-09-06");
  expect(lastDay(endOf("2026-09-05"))).toBe("2026-09-05");
});

test("who is elsewhere for a while and changes something else moves no day", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const [begins, ends] = [beginningOf("2026-12-01"), endOf("2026-12-04")];
  vi.stubEnv("TZ", "America/New_York");
  expect([beginningOf(firstDay(begins), begins), endOf(lastDay(ends), ends)]).toEqual([begins, ends]);
  expect(endOf("2026-12-06", ends)).toBe("2026-12-07T05:00:00.000Z");
});

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
