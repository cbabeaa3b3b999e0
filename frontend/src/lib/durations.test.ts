import { afterEach, describe, expect, test } from "vitest";
import { formatDays, formatSeconds, parseDays, parseSeconds } from "./durations";
import { setLocale } from "./locale";

afterEach(() => setLocale("en"));

describe("durations", () => {
  test.each([
    [0, "0 seconds", "0 Sekunden"],
    [1, "1 second", "1 Sekunde"],
    [90, "90 seconds", "90 Sekunden"],
    [60, "1 minute", "1 Minute"],
    [1800, "30 minutes", "30 Minuten"],
    [3600, "1 hour", "1 Stunde"],
    [5400, "90 minutes", "90 Minuten"],
    [86_400, "1 day", "1 Tag"],
    [2 * 86_400, "2 days", "2 Tage"],
    [3601, "3,601 seconds", "3.601 Sekunden"],
  ])("%i seconds are shown as %s and as %s, and read back", (seconds, english, german) => {
    expect(formatSeconds(seconds)).toBe(english);
    expect(parseSeconds(english)).toBe(seconds);
    setLocale("de");
    expect(formatSeconds(seconds)).toBe(german);
    expect(parseSeconds(german)).toBe(seconds);
  });

  test.each([
    ["30m", 1800],
    ["1 h 30 min", 5400],
    ["1.5 hours", 5400],
    ["1,5 Std.", 5400],
    ["2 weeks", 14 * 86_400],
    ["0", 0],
    ["", null],
    ["30", null],
    ["30 parsecs", null],
    ["half an hour", null],
    ["30 minutes or so", null],
    ["-5 minutes", null],
    ["0.3 seconds", null],
  ])("%j is read as %s", (text, seconds) => {
    expect(parseSeconds(text)).toBe(seconds);
  });

  test.each([
    ["30", 30],
    ["30 days", 30],
    ["2 weeks", 14],
    ["36 hours", null],
    ["a month", null],
  ])("%j is read as %s days", (text, days) => {
    expect(parseDays(text)).toBe(days);
  });

  test("days are shown as days", () => {
    expect([formatDays(1), formatDays(30)]).toEqual(["1 day", "30 days"]);
  });
});
