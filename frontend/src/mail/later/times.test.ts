import { expect, test } from "vitest";
import { fieldValue, fromField, sendChoices, snoozeChoices } from "./times";

const at = (text: string) => new Date(text);
const shown = (choices: { id: string; at: Date }[]) =>
  Object.fromEntries(choices.map((choice) => [choice.id, fieldValue(choice.at)]));

test("on a Wednesday morning everything is offered", () => {
  expect(shown(snoozeChoices(at("2026-11-25T09:10:30")))).toEqual({
    hour: "2026-11-25T10:11",
    evening: "2026-11-25T18:00",
    tomorrow: "2026-11-26T08:00",
    weekend: "2026-11-28T08:00",
    monday: "2026-11-30T08:00",
  });
});

test("late on a Friday neither this evening nor a weekend that is tomorrow", () => {
  expect(Object.keys(shown(snoozeChoices(at("2026-11-27T21:00:00"))))).toEqual([
    "hour",
    "tomorrow",
    "monday",
  ]);
});

test("at the weekend the next one is not offered", () => {
  const saturday = shown(snoozeChoices(at("2026-11-28T09:00:00")));
  expect(saturday).toHaveProperty("monday", "2026-11-30T08:00");
  expect(saturday).not.toHaveProperty("weekend");
});

test("on a Sunday the Monday is tomorrow, and offered once", () => {
  const now = at("2026-11-29T09:00:00");
  for (const choices of [snoozeChoices(now), sendChoices(now)]) {
    expect(shown(choices)).toHaveProperty("tomorrow", "2026-11-30T08:00");
    expect(shown(choices)).not.toHaveProperty("monday");
    expect(shown(choices)).not.toHaveProperty("weekend");
  }
});

test("on a Monday the Monday is the next one", () => {
  expect(shown(sendChoices(at("2026-11-30T07:00:00")))).toEqual({
    hour: "2026-11-30T08:00",
    tomorrow: "2026-12-01T08:00",
    monday: "2026-12-07T08:00",
  });
});

test("a field without a time, or with one that has passed, says nothing", () => {
  const now = at("2026-11-25T09:00:00");
  expect(fromField("", now)).toBeUndefined();
  expect(fromField("2026-11-25T08:59", now)).toBeUndefined();
  expect(fromField("2026-11-25T09:01", now)?.getTime()).toBe(at("2026-11-25T09:01:00").getTime());
});
