import { expect, test } from "vitest";
import { nextSendState, type SendEvent, type SendState } from "./sendState";

const problem = { code: "RATE_LIMITED", message: "Too many" } as const;
const submitted = { type: "submitted", submissionId: "7", releaseAt: "2026-11-22T09:41:10Z" } as const;
const run = (...events: SendEvent[]) => events.reduce(nextSendState, { kind: "draft" } as SendState);

test("a message is saved, sent and held", () => {
  expect(run({ type: "saveStarted" }, { type: "saved" })).toEqual({ kind: "draft" });
  expect(run({ type: "sendStarted" }, { type: "saved" }, submitted)).toEqual({
    kind: "held",
    submissionId: "7",
    releaseAt: "2026-11-22T09:41:10Z",
  });
});

test("undo makes a held message a draft again", () => {
  expect(run({ type: "sendStarted" }, submitted, { type: "cancelled" })).toEqual({ kind: "draft" });
});

test("sending while a save runs stays sending when that save is answered", () => {
  expect(run({ type: "saveStarted" }, { type: "sendStarted" }, { type: "saved" })).toEqual({
    kind: "sending",
  });
});

test("a refusal is kept until something is changed or tried again", () => {
  const failed = run({ type: "sendStarted" }, { type: "refused", problem });
  expect(failed).toEqual({ kind: "failed", during: "sending", problem });
  expect(nextSendState(failed, { type: "edited" })).toEqual({ kind: "draft" });
  expect(nextSendState(failed, { type: "sendStarted" })).toEqual({ kind: "sending" });
});

test("late answers do not bring a held message back", () => {
  const held = run({ type: "sendStarted" }, submitted);
  for (const event of [{ type: "saved" }, { type: "edited" }, { type: "refused", problem }] as const) {
    expect(nextSendState(held, event)).toBe(held);
  }
});

test("what others made of the draft stays to be answered while one types on", () => {
  const problem = { code: "CONFLICT", message: "It was sent", fate: { kind: "gone" } } as const;
  const asked = run({ type: "saveStarted" }, { type: "refused", problem });
  expect(nextSendState(asked, { type: "edited" })).toEqual(asked);
  expect(nextSendState(asked, { type: "settled" })).toEqual({ kind: "draft" });
});

test("why it was not sent stays when it is saved meanwhile, unless that may have passed", () => {
  const refused = (code: "BAD_ADDRESS" | "UNAVAILABLE") =>
    run({ type: "sendStarted" }, { type: "refused", problem: { code, message: "No" } });
  const saved = (state: SendState) =>
    [{ type: "saveStarted" }, { type: "saved" }].reduce(
      (one, event) => nextSendState(one, event as SendEvent),
      state,
    );
  expect(saved(refused("BAD_ADDRESS"))).toEqual(refused("BAD_ADDRESS"));
  expect(saved(refused("UNAVAILABLE"))).toEqual({ kind: "draft" });
  const asked = {
    type: "refused",
    problem: { code: "BAD_ADDRESS", message: "No" },
    during: "sending",
  } as const;
  expect(run({ type: "saveStarted" }, asked, { type: "saved" })).toEqual(refused("BAD_ADDRESS"));
  expect(nextSendState(refused("BAD_ADDRESS"), { type: "edited" })).toEqual({ kind: "draft" });
});
