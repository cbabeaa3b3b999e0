/** Asks the server anew, for whoever does not want to wait for it to tell. */
import { t } from "@lingui/core/macro";
import { announce } from "@/app";
import { toast } from "@/ui";
import { mailStore } from "./mailStore";

/** Resolves when it has answered; what goes wrong is said. */
export async function refresh(): Promise<void> {
  const failure = await mailStore.catchUp();
  if (failure === undefined) return announce(t`Up to date`);
  const reason = failure.message;
  toast({ text: t`The list could not be refreshed: ${reason}`, tone: "danger" });
}
