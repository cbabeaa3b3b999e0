/** How a message or a recipient stands, with a sign and a word. */
import { useLingui } from "@lingui/react/macro";
import { State } from "@/ui";
import type { RecipientStand } from "./states";

const tones: Partial<Record<RecipientStand, "ok" | "danger">> = {
  delivered: "ok",
  deferred: "danger",
  failed: "danger",
};

export function Stand({ stand }: { stand: RecipientStand }) {
  const { t } = useLingui();
  const words: Record<RecipientStand, string> = {
    waiting: t`Waiting`,
    inHand: t`Being delivered`,
    deferred: t`Deferred`,
    held: t`Held`,
    paused: t`Destination paused`,
    returning: t`Goes back to the sender`,
    delivered: t`Delivered`,
    failed: t`Failed`,
    dropped: t`Dropped`,
    expanded: t`Passed on`,
  };
  return <State tone={tones[stand] ?? "plain"}>{words[stand]}</State>;
}
