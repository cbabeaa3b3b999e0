import { expect, test } from "vitest";
import { readHours, usual, writeHours } from "./quietHours";

test("hours are read and written", () => {
  expect(readHours("22:00-07:00")).toEqual({ from: "22:00", to: "07:00" });
  expect(writeHours({ from: "22:00:30", to: "07:00" })).toBe("22:00-07:00");
  expect(writeHours(usual)).toBe("22:00-07:00");
});

test("none are none", () => {
  for (const text of ["", "22:00", "22:00-", "22-07", "22:00-07:00 "])
    expect(readHours(text)).toBeUndefined();
});

test("half of them, or no time between them, are not kept", () => {
  expect(writeHours({ from: "", to: "07:00" })).toBeUndefined();
  expect(writeHours({ from: "07:00", to: "07:00:10" })).toBeUndefined();
});
