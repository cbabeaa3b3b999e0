/** How messages on their way stand, told by their recipients; pure. */
import type { QueuedRecipient, QueuedRow } from "./documents";

export type RecipientStand =
  | "waiting"
  | "inHand"
  | "deferred"
  | "held"
  | "paused"
  | "returning"
  | "delivered"
  | "failed"
  | "dropped"
  | "expanded";

const settled = {
  DELIVERED: "delivered",
  FAILED: "failed",
  DROPPED: "dropped",
  EXPANDED: "expanded",
} as const;

type Standing = Pick<QueuedRecipient, "state" | "isInHand" | "attempts" | "isPaused" | "isToBeReturned">;

export function standOf(recipient: Standing): RecipientStand {
  const { state } = recipient;
  if (state === "HELD") return recipient.isPaused ? "paused" : "held";
  if (state !== "QUEUED") return settled[state];
  if (recipient.isToBeReturned) return "returning";
  if (recipient.isInHand) return "inHand";
  return recipient.attempts > 0 ? "deferred" : "waiting";
}

/** What of a message asks for attention first: an open recipient before a settled one, trouble before calm. */
const urgency: readonly RecipientStand[] = [
  "held",
  "returning",
  "paused",
  "deferred",
  "inHand",
  "waiting",
  "failed",
  "dropped",
  "delivered",
  "expanded",
];

export function standOfMessage({ recipients }: Pick<QueuedRow, "recipients">): RecipientStand | undefined {
  const stands = new Set(recipients.map(standOf));
  return urgency.find((stand) => stands.has(stand));
}

/** When the next attempt at any recipient is due; null where none waits for its turn. */
export function nextAttempt({ recipients }: Pick<QueuedRow, "recipients">): string | null {
  return recipients.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort()[0] ?? null;
}

/** What the last host that was asked said, of the recipient that asks for attention first. */
export function lastReplyOf({ recipients }: Pick<QueuedRow, "recipients">): string {
  return recipients.find(({ lastReply }) => lastReply !== "")?.lastReply ?? "";
}
