/** Where the clocks are changed: on 28 March and 31 October 2027 in Berlin. */
import { beforeAll, expect, test } from "vitest";
import { changeOf, fieldValue, fromField, sendChoices } from "./times";

beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});

const now = () => new Date("2027-03-01T12:00:00Z");
const sent = (value: string) => fromField(value, now())?.toISOString();
const tomorrow = (from: string) =>
  sendChoices(new Date(from))
    .find(({ id }) => id === "tomorrow")
    ?.at.toISOString();

test("tomorrow at eight is at eight by the clocks of that day", () => {
  expect(tomorrow("2027-03-26T21:00:00Z")).toBe("2027-03-27T07:00:00.000Z");
  expect(tomorrow("2027-03-27T21:00:00Z")).toBe("2027-03-28T06:00:00.000Z");
  expect(tomorrow("2027-10-30T21:00:00Z")).toBe("2027-10-31T07:00:00.000Z");
});

test("a time that is left out is the one after it, and that is said", () => {
  expect(sent("2027-03-28T02:30")).toBe("2027-03-28T01:30:00.000Z");
  expect(fieldValue(new Date("2027-03-28T01:30:00Z"))).toBe("2027-03-28T03:30");
  expect(changeOf("2027-03-28T02:30")).toBe("missing");
});

test("of a time that comes twice the first is meant, and that is said", () => {
  expect(sent("2027-10-31T02:30")).toBe("2027-10-31T00:30:00.000Z");
  expect(changeOf("2027-10-31T02:30")).toBe("twice");
});

test("of all other times, and of none, nothing is said", () => {
  for (const value of [
    "2027-03-28T01:59",
    "2027-03-28T03:00",
    "2027-10-31T01:59",
    "2027-10-31T03:00",
    "",
    "x",
  ])
    expect(changeOf(value)).toBeNull();
});
