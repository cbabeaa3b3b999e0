/** Who set a value, in words. */
import { useLingui } from "@lingui/react/macro";
import type { Setting } from "../documents";

export function useOriginName(): (origin: Setting["origin"]) => string {
  const { t } = useLingui();
  return ({ level, name, isDefault }) => {
    if (isDefault) return t`Built-in default`;
    return level === "SYSTEM" ? t`System default` : name;
  };
}
