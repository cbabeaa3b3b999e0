/** One limit: its value, where that comes from, what it does, and the ceiling for those below. */
import { useId } from "react";
import { Inherit, useBoundWords } from "@/ui";
import type { Setting } from "../documents";
import { CeilingField } from "./CeilingField";
import styles from "./Limits.module.css";
import { showValue } from "./limits";
import { Marked } from "./Marked";
import type { Limits } from "./useLimits";
import { offered, useOptions } from "./useOptions";
import { useOriginName } from "./useOriginName";
import { useShown } from "./useShown";

export type LimitFieldProps = {
  setting: Setting;
  limits: Limits;
  /** What is searched for. */
  sought: readonly string[];
};

export function LimitField({ setting, limits, sought }: LimitFieldProps) {
  const nameOf = useOriginName();
  const boundOf = useBoundWords();
  const show = useShown();
  const options = useOptions()(setting);
  const helpId = useId();
  const { drafts, errors, words } = limits;
  const { key, label, help, kind, choices, ceiling, ceilingOrigin, ownValue, ownCeiling } = setting;
  const asText = (value: Setting["value"]) => (value === null ? null : showValue(setting, value, words));
  const draft = drafts.values[key];
  const value = draft === undefined ? asText(ownValue) : draft;
  const inherited = showValue(setting, setting.inheritedValue, words);
  // One that is set here stands below, where it can be changed.
  const isCeilingBelow = setting.isCeilingEditable && ceilingOrigin?.level === setting.level;
  const bound = isCeilingBelow ? undefined : boundOf(setting, show(setting, ceiling));
  const chosen = choices.find((choice) => choice.value === (value ?? inherited));
  const ceilingDraft = drafts.ceilings[key];
  return (
    <div className={styles.setting}>
      <Inherit
        label={<Marked text={label} words={sought} />}
        value={value}
        inherited={{ value: inherited, from: nameOf(setting.inheritedFrom) }}
        bound={
          bound === undefined || ceilingOrigin === null
            ? undefined
            : { words: bound, from: nameOf(ceilingOrigin) }
        }
        locked={!setting.isEditable}
        error={errors.values[key]}
        describedBy={helpId}
        isMultiline={setting.isMultiline}
        inputMode={kind === "COUNT" ? "numeric" : "text"}
        options={offered(setting, options)}
        onChange={(next) => limits.change("values", key, next)}
      />
      <p className={styles.help} id={helpId}>
        <Marked text={help} words={sought} />
        {chosen !== undefined && chosen.help !== "" && (
          <span className={styles.chosen}>
            {chosen.label}: <Marked text={chosen.help} words={sought} />
          </span>
        )}
      </p>
      {setting.isCeilingEditable && (
        <CeilingField
          setting={setting}
          options={options}
          value={ceilingDraft === undefined ? asText(ownCeiling) : ceilingDraft}
          error={errors.ceilings[key]}
          onChange={(next) => limits.change("ceilings", key, next)}
        />
      )}
    </div>
  );
}
