/** Values of limits as people read them: "10 GB", "30 minutes", "On", "Ask first". */
import { useLingui } from "@lingui/react/macro";
import type { Setting } from "../documents";
import { showValue, type Value } from "./limits";
import { useOptions } from "./useOptions";

export function useShown(): (setting: Setting, value: Value) => string {
  const { t } = useLingui();
  const optionsOf = useOptions();
  return (setting, value) => {
    const text = showValue(setting, value, { unlimited: t`Unlimited` });
    return optionsOf(setting)?.find((option) => option.value === text)?.label ?? text;
  };
}
