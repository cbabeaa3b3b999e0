import { expect, test } from "vitest";
import type { QueuedRecipient } from "./documents";
import { lastReplyOf, nextAttempt, standOf, standOfMessage } from "./states";

function recipient(change: Partial<QueuedRecipient> = {}): QueuedRecipient {
  return {
    id: "1",
    address: "amara@north.example",
    via: "",
    state: "QUEUED",
    isInHand: false,
    attempts: 0,
    nextAttemptAt: null,
    lastAttemptAt: null,
    lastStatus: "",
    lastReply: "",
    lastHost: "",
    priority: 0,
    isPaused: false,
    isToBeReturned: false,
    route: "",
    named: "",
    ...change,
  };
}

test.each([
  [{}, "waiting"],
  [{ attempts: 2 }, "deferred"],
  [{ attempts: 2, isInHand: true }, "inHand"],
  [{ state: "HELD", attempts: 2 }, "held"],
  [{ state: "HELD", isPaused: true }, "paused"],
  [{ attempts: 2, isToBeReturned: true }, "returning"],
  [{ state: "DELIVERED", attempts: 1 }, "delivered"],
  [{ state: "EXPANDED" }, "expanded"],
] as [Partial<QueuedRecipient>, string][])("%o is %s", (change, stand) => {
  expect(standOf(recipient(change))).toBe(stand);
});

test("a message stands as the recipient that most asks for attention", () => {
  const delivered = recipient({ state: "DELIVERED" });

  expect(standOfMessage({ recipients: [delivered, recipient({ attempts: 1 }), recipient()] })).toBe(
    "deferred",
  );
  expect(standOfMessage({ recipients: [delivered, recipient({ state: "FAILED" })] })).toBe("failed");
  expect(standOfMessage({ recipients: [delivered] })).toBe("delivered");
  expect(standOfMessage({ recipients: [] })).toBeUndefined();
});

test("the next attempt is the earliest, the reply that of the first recipient who has one", () => {
  const recipients = [
    recipient(),
    recipient({ nextAttemptAt: "2026-11-28T12:00:00Z", lastReply: "450 later" }),
    recipient({ nextAttemptAt: "2026-11-28T11:00:00Z", lastReply: "451 other" }),
  ];

  expect(nextAttempt({ recipients })).toBe("2026-11-28T11:00:00Z");
  expect(lastReplyOf({ recipients })).toBe("450 later");
  expect(nextAttempt({ recipients: [recipient()] })).toBeNull();
});
