/** What a setting with a closed set of values may be, in words; undefined where anything may be typed. */
import { useLingui } from "@lingui/react/macro";
import type { Setting } from "../documents";

type Option = { value: string; label: string };
type Chosen = Pick<Setting, "kind" | "choices">;

export function useOptions(): (setting: Chosen) => Option[] | undefined {
  const { t } = useLingui();
  return ({ kind, choices }) => {
    if (kind === "SWITCH") {
      return [
        { value: "on", label: t`On` },
        { value: "off", label: t`Off` },
      ];
    }
    return choices.length === 0 ? undefined : choices.map(({ value, label }) => ({ value, label }));
  };
}

/** What is offered here: what a ceiling forbids that only somebody above can lift is not. */
export function offered(setting: Setting, options: Option[] | undefined): Option[] | undefined {
  const { ceiling, isCeilingEditable, value, kind, choices } = setting;
  if (options === undefined || ceiling === null || isCeilingEditable) return options;
  if (kind === "SWITCH") return ceiling === false && value === false ? options.slice(1) : options;
  const last = choices.findIndex((choice) => choice.value === ceiling);
  return last < 0 ? options : options.slice(0, last + 1);
}
