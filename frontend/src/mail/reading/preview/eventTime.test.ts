import { expect, test } from "vitest";
import { eventTime } from "./eventTime";

const timed = (at: string | null, local: string) => ({ at, local, zone: "Europe/Berlin", isDay: false });
const day = (local: string) => ({ at: null, local, zone: "", isDay: true });

test("an event is told in the reader's own time", () => {
  const starts = timed("2026-12-01T13:30:00Z", "2026-12-01T14:30:00");
  expect(eventTime(starts, null, "America/New_York")).toContain("8:30");
  expect(eventTime(starts, timed("2026-12-01T15:00:00Z", "2026-12-01T16:00:00"), "Europe/Berlin")).toMatch(
    /2:30|14:30/,
  );
});

test("a time without a zone stays what it is", () => {
  expect(eventTime(timed(null, "2026-12-01T14:30:00"), null, "America/New_York")).toMatch(/2:30|14:30/);
});

test("whole days end on their last day", () => {
  expect(eventTime(day("2026-12-01"), day("2026-12-02"))).toBe(eventTime(day("2026-12-01"), null));
  expect(eventTime(day("2026-12-01"), day("2026-12-04"))).toContain("3");
});
