/** "Remind me if nobody answers" on a message that was sent. */
import { plural, t } from "@lingui/core/macro";
import { request } from "@/api";
import { toast } from "@/ui";
import { RemindOfMessageMutation } from "./documents";

export const REMIND_DAYS = [2, 4, 7] as const;

export function daysName(days: number): string {
  return plural(days, { one: "After # day", other: "After # days" });
}

/** Reminds so many days from now unless somebody answers. */
export async function remindIn(messageId: string, days: number): Promise<void> {
  const at = new Date(Date.now() + days * 86_400_000).toISOString();
  try {
    await request(RemindOfMessageMutation, { id: messageId, at });
    toast({
      text: plural(days, {
        one: "You hear of it after # day without an answer",
        other: "You hear of it after # days without an answer",
      }),
    });
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    toast({ text: t`No reminder was set: ${reason}`, tone: "danger" });
  }
}
