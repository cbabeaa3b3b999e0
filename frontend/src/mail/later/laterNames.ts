/** What the times of `times.ts` are called. */
import { t } from "@lingui/core/macro";
import { dueTime } from "@/lib/dates";
import type { LaterChoice } from "./times";

export function choiceName({ id, at }: LaterChoice): string {
  switch (id) {
    case "hour":
      return t`In 1 hour`;
    case "evening":
      return t`This evening`;
    case "tomorrow":
      return t`Tomorrow morning`;
    case "weekend":
      return t`At the weekend`;
    case "monday":
      return t`Next Monday`;
    default:
      return dueTime(at.toISOString());
  }
}
