/** How far a setting may go, in words: "at most 20 GB", "at least 12", "only Never", "turned off". */
import { useLingui } from "@lingui/react/macro";

export type Bounded = {
  ceiling: unknown;
  ceilingKind: "MAX" | "MIN" | "NONE";
  choices: readonly { value: string }[];
};

/** `shown` is what the ceiling is called; undefined where it forbids nothing. */
export function useBoundWords(): (setting: Bounded, shown: string) => string | undefined {
  const { t } = useLingui();
  return ({ ceiling, ceilingKind, choices }, shown) => {
    if (ceiling === null || ceiling === true) return undefined;
    if (ceiling === false) return t`turned off`;
    if (choices.length > 0) {
      const place = choices.findIndex(({ value }) => value === ceiling);
      if (place === choices.length - 1) return undefined;
      return place === 0 ? t`only “${shown}”` : t`not beyond “${shown}”`;
    }
    return ceilingKind === "MIN" ? t`at least ${shown}` : t`at most ${shown}`;
  };
}
