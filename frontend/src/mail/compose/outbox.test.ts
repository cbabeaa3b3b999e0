// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Composer } from "./composer";
import { deliver } from "./delivery";
import { outbox, takeOut, trySending, waitToSend } from "./outbox";
import { nextSendState, type SendEvent, type SendState } from "./sendState";
import type { Ending, Order } from "./types";

vi.mock("./delivery", () => ({ deliver: vi.fn() }));
vi.mock("@/app", () => ({ onResumed: () => undefined }));

const delivering = vi.mocked(deliver);
const order: Order = { undoSeconds: 10, sendAt: null };
const sent: Ending = { kind: "sent", submissionId: "7", undoSeconds: 10 };
const offline = { code: "OFFLINE", message: "Not reached" };

/** What the outbox uses of a composer. */
function written(key: string) {
  let send: SendState = { kind: "failed", during: "sending", problem: { code: "OFFLINE", message: "" } };
  const composer = {
    isChanged: false,
    get: () => ({ key, send, serverId: "41" }),
    apply: (event: SendEvent) => {
      send = nextSendState(send, event);
    },
    stop: vi.fn(),
    keep: vi.fn(async () => undefined),
  };
  return composer as unknown as Composer & typeof composer;
}

const conclude = vi.fn(async (_composer: Composer, _ending: Ending) => undefined);
const told = () => conclude.mock.calls.map(([composer, { kind }]) => [composer.get().key, kind]);
const waiting = () => outbox.get().map((composer) => composer.get().key);

beforeEach(() => {
  vi.useFakeTimers();
  delivering.mockReset();
  conclude.mockClear();
});
afterEach(() => {
  for (const composer of outbox.get()) takeOut(composer);
  vi.useRealTimers();
});

test("messages go out in their order once the server is reached, not before", async () => {
  delivering.mockRejectedValue(offline);
  for (const key of ["a", "b"]) waitToSend(written(key), order, conclude);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([delivering.mock.calls.length, waiting()]).toEqual([1, ["a", "b"]]);

  delivering.mockReset().mockResolvedValue(sent);
  await vi.advanceTimersByTimeAsync(9_000);

  expect([told(), waiting()]).toEqual([
    [
      ["a", "sent"],
      ["b", "sent"],
    ],
    [],
  ]);
});

test("the browser's word that there is a connection is enough to try", async () => {
  delivering.mockResolvedValue(sent);
  waitToSend(written("a"), order, conclude);
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual([["a", "sent"]]);
});

test("what is refused comes back to its author, and holds up no other", async () => {
  delivering.mockRejectedValueOnce({ code: "OVER_QUOTA", message: "Full" }).mockResolvedValue(sent);
  const refused = written("a");
  for (const composer of [refused, written("b")]) waitToSend(composer, order, conclude);

  await trySending();

  expect(told()).toEqual([
    ["a", "back"],
    ["b", "sent"],
  ]);
  expect(refused.get().send).toMatchObject({ kind: "failed", problem: { code: "OVER_QUOTA" } });
});

test("one whose answer was lost is not sent twice, unless it was changed", async () => {
  const fate = { kind: "sent", at: "2026-11-29T09:00:00Z" };
  delivering.mockRejectedValue({ code: "CONFLICT", message: "Sent already", fate });
  waitToSend(written("a"), order, conclude);
  await trySending();
  const changed = written("b");
  changed.isChanged = true;
  waitToSend(changed, order, conclude);
  await trySending();
  expect(told()).toEqual([
    ["a", "sent"],
    ["b", "back"],
  ]);
});

test("one that is opened while it is tried is not submitted any more", async () => {
  const opened = written("a");
  let isWanted: (() => boolean) | undefined;
  let answer: (ending: Ending | null) => void = () => undefined;
  delivering.mockImplementation((_composer, _order, wanted) => {
    isWanted = wanted;
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  waitToSend(opened, order, conclude);
  const trying = trySending();
  await vi.advanceTimersByTimeAsync(0);
  expect([isWanted?.(), opened.get().send.kind]).toEqual([true, "sending"]);

  takeOut(opened);

  expect(isWanted?.()).toBe(false);
  answer(null);
  await trying;
  expect([told(), opened.get().send.kind, waiting()]).toEqual([[], "draft", []]);
  expect(opened.keep).toHaveBeenCalledWith();
});
