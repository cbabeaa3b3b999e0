/** Send was pressed. */
import { t } from "@lingui/core/macro";
import { announce, refreshViewer, type Viewer } from "@/app";
import type { Composer } from "./composer";
import { deliver, refusalOf } from "./delivery";
import { end } from "./endings";
import { isUnreached, problemOf } from "./problems";
import type { Order } from "./types";

export type SendLimits = Pick<Viewer, "undoSeconds" | "maxRecipients">;

/**
 * Sends, now or at a time; whatever is refused is shown in the composer, which stays. Without a connection it is
 * closed as after sending, and goes out when there is one.
 */
export async function send(composer: Composer, limits: SendLimits, at?: Date): Promise<void> {
  if (composer.get().send.kind === "sending" || composer.get().send.kind === "held") return;
  const { undoSeconds, maxRecipients } = limits;
  const before = refusalOf(composer.collect(), maxRecipients);
  if (before !== null) {
    // An administrator who is asked for more has perhaps given it meanwhile.
    if (before.code === "TOO_MANY") refreshViewer().catch(() => undefined);
    return composer.apply({ type: "refused", problem: before, during: "sending" });
  }
  composer.apply({ type: "sendStarted" });
  const order: Order = { undoSeconds, sendAt: at?.toISOString() ?? null };
  try {
    const ending = await deliver(composer, order);
    if (ending !== null) void end(composer, ending);
  } catch (error) {
    const problem = problemOf(error);
    composer.apply({ type: "refused", problem });
    if (isUnreached(problem)) return end(composer, { kind: "waits", order });
    announce(t`The message was not sent`);
  }
}
