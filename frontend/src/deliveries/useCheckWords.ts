/** Names and outcomes of checks, as one says them; what is not known here stands as the server wrote it. */
import { useLingui } from "@lingui/react/macro";
import type { Check } from "./trace";

export function useCheckWords() {
  const { t } = useLingui();
  const names: Record<string, string> = {
    greeting: t`Waited for the banner`,
    sender: t`Sender`,
    limits: t`Limits`,
    size: t`Size`,
    hops: t`Hops`,
    footer: t`Footer`,
    loop: t`Loops`,
    origin: t`Origin`,
    senders: t`Blocked senders`,
    rules: t`Own filters`,
    vacation: t`Vacation reply`,
    forward: t`Forward`,
    spf: "SPF",
    dkim: "DKIM",
    dmarc: "DMARC",
    arc: "ARC",
  };
  const outcomes: Record<string, string> = {
    pass: t`passed`,
    fail: t`failed`,
    softfail: t`failed softly`,
    neutral: t`says nothing`,
    none: t`none`,
    policy: t`not counted`,
    temperror: t`could not be asked`,
    permerror: t`is faulty`,
    refused: t`refused`,
    applied: t`applied`,
    delayed: t`put off`,
    added: t`added`,
    copied: t`sent on`,
  };
  return {
    nameOf: ({ name }: Check) => names[name] ?? name,
    outcomeOf: ({ outcome }: Check) => outcomes[outcome] ?? outcome,
  };
}
