/** What a setting with a closed set of values may be, in words; undefined where anything may be typed. */
import { useLingui } from "@lingui/react/macro";
import type { Setting } from "../documents";

type Option = { value: string; label: string };

export function useOptions(): (setting: Pick<Setting, "key" | "kind" | "choices">) => Option[] | undefined {
  const { t } = useLingui();
  const words: Record<string, Record<string, string>> = {
    "mail.remote_images": { never: t`Never`, ask: t`Ask first`, always: t`Always` },
    "notifications.mail": { all: t`All new mail`, known: t`Mail from known people`, none: t`Nothing` },
    "reception.dmarc": { tell: t`Tell the reader`, junk: t`File it in Junk`, refuse: t`Refuse it` },
    "senders.blocked_to": { junk: t`Junk`, trash: t`Trash` },
    "submission.bounces_action": { delay: t`Let it wait`, reject: t`Refuse it` },
    "submission.over_limit": { reject: t`Refuse it`, delay: t`Let it wait`, none: t`Send it and note it` },
    "suppression.at_submission": { refuse: t`Refuse it`, warn: t`Take it and report` },
  };
  return ({ key, kind, choices }) => {
    if (kind === "SWITCH") {
      return [
        { value: "on", label: t`On` },
        { value: "off", label: t`Off` },
      ];
    }
    if (choices.length === 0) return undefined;
    return choices.map((value) => ({ value, label: words[key]?.[value] ?? value }));
  };
}
