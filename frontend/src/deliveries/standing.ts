/** How a whole message stands, told by its recipients; pure. */
import type { Delivery, Recipient } from "./documents";
import { isReport } from "./trace";

export type Standing = Recipient["state"];

type Told = Pick<Recipient, "state" | "trace">;

/** The report of a server that took the message and could not deliver it after all, where that is sure. */
export function cameBack({ state, trace }: Told): Recipient["trace"][number] | undefined {
  const report = trace.findLast(({ event, isClaim }) => isReport(event) && !isClaim);
  return state === "DELIVERED" && report?.event === "BOUNCED" ? report : undefined;
}

export function standOf(recipient: Told): Standing {
  return cameBack(recipient) === undefined ? recipient.state : "FAILED";
}

/** Trouble before waiting, waiting before calm. */
const urgency: readonly Standing[] = ["REFUSED", "FAILED", "WAITING", "STOPPED", "DELIVERED"];

export function standingOf({ recipients }: Pick<Delivery, "recipients">): Standing | undefined {
  const found = new Set(recipients.map(standOf));
  return urgency.find((state) => found.has(state));
}

export function countsOf({ recipients }: Pick<Delivery, "recipients">): Record<Standing, number> {
  const counts = { REFUSED: 0, FAILED: 0, WAITING: 0, STOPPED: 0, DELIVERED: 0 };
  for (const recipient of recipients) counts[standOf(recipient)] += 1;
  return counts;
}

/** When something next happens to it; null where nothing waits for its turn. */
export function nextOf({ recipients }: Pick<Delivery, "recipients">): string | null {
  return recipients.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort()[0] ?? null;
}
