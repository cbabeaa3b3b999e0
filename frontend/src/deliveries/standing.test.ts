import { expect, test } from "vitest";
import type { Recipient } from "./documents";
import { countsOf, nextOf, standingOf, standOf } from "./standing";

const recipient = (state: Recipient["state"], nextAttemptAt: string | null = null) =>
  ({ state, nextAttemptAt, trace: [] as Recipient["trace"] }) as Recipient;

test("trouble is told before waiting, and waiting before calm", () => {
  const recipients = [recipient("DELIVERED"), recipient("WAITING"), recipient("FAILED")];
  expect(standingOf({ recipients })).toBe("FAILED");
  expect(standingOf({ recipients: recipients.slice(0, 2) })).toBe("WAITING");
  expect(standingOf({ recipients: [] })).toBeUndefined();
  expect(countsOf({ recipients })).toEqual({ REFUSED: 0, FAILED: 1, WAITING: 1, STOPPED: 0, DELIVERED: 1 });
});

test("the earliest next attempt counts", () => {
  const recipients = [
    recipient("WAITING", "2026-11-28T16:00:00Z"),
    recipient("WAITING", "2026-11-28T15:00:00Z"),
    recipient("DELIVERED"),
  ];
  expect(nextOf({ recipients })).toBe("2026-11-28T15:00:00Z");
  expect(nextOf({ recipients: [recipient("DELIVERED")] })).toBeNull();
});

test("what came back was not delivered, if that is sure", () => {
  const step = (event: string, isClaim: boolean) => ({ event, isClaim }) as Recipient["trace"][number];
  const trace = [step("DELIVERED", false), step("BOUNCED", false)];
  expect(standOf({ state: "DELIVERED", trace })).toBe("FAILED");
  expect(standOf({ state: "DELIVERED", trace: [step("BOUNCED", true)] })).toBe("DELIVERED");
  expect(standOf({ state: "WAITING", trace })).toBe("WAITING");
});
