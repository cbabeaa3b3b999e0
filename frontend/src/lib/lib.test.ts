import { describe, expect, test } from "vitest";
import { fullAddress, nameOf } from "./addresses";
import { formatBytes, parseBytes } from "./bytes";
import { listTime, relativeTime } from "./dates";
import { hueOf, initials } from "./initials";
import { ariaChord, chordOf, showChord } from "./keys";

describe("bytes", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [48_128, "47 KB"],
    [6.2 * 1024 ** 3, "6.2 GB"],
    [20 * 1024 ** 3, "20 GB"],
    [1024 ** 2 - 1, "1 MB"],
  ])("%d is shown as %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test.each([
    ["10 GB", 10 * 1024 ** 3],
    ["1,5 g", 1.5 * 1024 ** 3],
    ["2048", 2048],
    ["25 MiB", 25 * 1024 ** 2],
    ["ten", null],
    ["", null],
    ["-1 MB", null],
  ])("%s is read as %s", (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });
});

describe("listTime", () => {
  const now = new Date("2026-11-22T12:00:00");

  test.each([
    ["2026-11-22T09:41:00", "09:41"],
    ["2026-11-21T23:59:00", "Sat"],
    ["2026-11-16T00:00:00", "Mon"],
    ["2026-11-15T12:00:00", "Nov 15"],
    ["2026-11-23T12:00:00", "Nov 23"],
    ["2025-12-31T12:00:00", "12/31/2025"],
    ["not a date", ""],
  ])("%s is %s", (iso, text) => {
    expect(listTime(iso, now)).toBe(text);
  });

  test("relative time goes to the largest whole unit", () => {
    expect(relativeTime("2026-11-22T11:58:30", now)).toBe("1 minute ago");
    expect(relativeTime("2026-11-24T12:00:00", now)).toBe("in 2 days");
    expect(relativeTime("2026-11-22T12:00:10", now)).toBe("now");
  });
});

describe("people", () => {
  test("initials come from the first and the last word, or from the address", () => {
    expect(initials("Amara Okafor")).toBe("AO");
    expect(initials("Holt, Maren (she)")).toBe("HS");
    expect(initials("Émile")).toBe("É");
    expect(initials("", "zoe@example.org")).toBe("Z");
  });

  test("the same address always has the same hue, whatever its case", () => {
    expect(hueOf("Zoe@Example.org")).toBe(hueOf("zoe@example.org"));
    expect(hueOf("a")).toBeLessThan(7);
  });

  test("names are quoted where the syntax wants it", () => {
    expect(fullAddress({ name: "Holt, Maren", address: "m@example.org" })).toBe(
      '"Holt, Maren" <m@example.org>',
    );
    expect(fullAddress({ name: "Maren Holt", address: "m@example.org" })).toBe("Maren Holt <m@example.org>");
    expect(nameOf({ name: " ", address: "m@example.org" })).toBe("m@example.org");
  });
});

describe("keys", () => {
  const key = (key: string, more = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });

  test("signs are themselves, letters name their Shift", () => {
    expect(chordOf(key("#", { shiftKey: true }))).toBe("#");
    expect(chordOf(key("J", { shiftKey: true }))).toBe("Shift+j");
    expect(chordOf(key("k", { ctrlKey: true }))).toBe("Mod+k");
    expect(chordOf(key("ArrowDown", { shiftKey: true }))).toBe("Shift+ArrowDown");
    expect(showChord("g i")).toBe("g i");
    expect(showChord("Shift+ArrowUp")).toBe("Shift+↑");
    expect(showChord("Mod+k")).toBe("Ctrl+K");
    expect(showChord("Mod++")).toBe("Ctrl++");
  });

  test("are spoken as WAI-ARIA names them, sequences not at all", () => {
    expect(ariaChord("Mod+Shift+8")).toBe("Control+Shift+8");
    expect(ariaChord("+")).toBe("+");
    expect(ariaChord("g i")).toBeUndefined();
  });
});
