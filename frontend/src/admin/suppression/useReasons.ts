/** Why nothing is sent, in words. */
import { useLingui } from "@lingui/react/macro";
import type { Suppression } from "./documents";

export function useReasons(): Record<Suppression["reason"], string> {
  const { t } = useLingui();
  return { BOUNCE: t`Mail came back`, COMPLAINT: t`Its owner complained`, MANUAL: t`Blocked by hand` };
}
