import { expect, test } from "vitest";
import { rowsOf } from "./destinations";

const waiting = { domain: "north.example", queued: 3, held: 0, nextAttemptAt: null, mostAttempts: 2 };
const pause = (domain: string) => ({ domain, pausedAt: "2026-11-28T12:00:00Z", actor: "keeper" });

test("a destination has its pause, and a pause without mail has a row", () => {
  const rows = rowsOf([waiting], [pause(""), pause("east.example"), pause("north.example")]);

  expect(rows.map(({ domain, queued, pause: held }) => [domain, queued, held?.actor])).toEqual([
    ["north.example", 3, "keeper"],
    ["east.example", 0, "keeper"],
  ]);
});

test("what is not paused has none, and the pause of all sending is no destination", () => {
  expect(rowsOf([waiting], [pause("")])).toEqual([{ ...waiting, pause: undefined }]);
});
