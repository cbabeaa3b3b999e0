/** Another time for messages that wait to be sent. */
import { plural, t } from "@lingui/core/macro";
import { request } from "@/api";
import { dueTime } from "@/lib/dates";
import { toast } from "@/ui";
import { ScheduleDraftMutation } from "./documents";

/** One after the other; says when they go, or why one of them does not. */
export async function reschedule(ids: readonly string[], at: Date): Promise<void> {
  const sendAt = at.toISOString();
  const when = dueTime(sendAt);
  try {
    for (const id of ids) await request(ScheduleDraftMutation, { id, sendAt, remindDays: null });
    toast({
      text:
        ids.length === 1
          ? t`Will be sent: ${when}`
          : plural(ids.length, {
              one: `# message will be sent: ${when}`,
              other: `# messages will be sent: ${when}`,
            }),
    });
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    toast({ text: t`The time was not changed: ${reason}`, tone: "danger" });
  }
}
