/** Limits and settings of the system, a domain or a user: inherited, own or locked; saved together. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { SettingLevel } from "@/api";
import { Inherit, SaveBar } from "@/ui";
import styles from "../Admin.module.css";
import { type Setting, SettingsQuery } from "../documents";
import { Loaded } from "../shared/Loaded";
import { useAdminQuery } from "../shared/useAdminQuery";
import { CeilingField } from "./CeilingField";
import { showValue } from "./limits";
import { useLimits } from "./useLimits";
import { useOptions } from "./useOptions";
import { useOriginName } from "./useOriginName";

type LimitsFormProps = { level: SettingLevel; targetId: string | null; isNarrow?: boolean };

export function LimitsForm(props: LimitsFormProps) {
  const { level, targetId } = props;
  const query = useAdminQuery("settings", SettingsQuery, { level, targetId });
  return (
    <Loaded query={query}>
      {({ settings }) => settings !== null && <SettingsForm {...props} settings={settings} />}
    </Loaded>
  );
}

function SettingsForm({
  level,
  targetId,
  isNarrow,
  settings,
}: LimitsFormProps & { settings: readonly Setting[] }) {
  const { t } = useLingui();
  const nameOf = useOriginName();
  const optionsOf = useOptions();
  const limits = useLimits(level, targetId, settings);
  const { drafts, errors, words } = limits;
  const show = (setting: Setting, value: Setting["value"]) => {
    const text = showValue(setting, value, words);
    return optionsOf(setting)?.find((option) => option.value === text)?.label ?? text;
  };

  return (
    <div className={styles.limits} data-narrow={isNarrow || undefined}>
      <div className={styles.settings}>
        {settings.map((setting) => {
          const draft = drafts.values[setting.key];
          const ceiling = drafts.ceilings[setting.key];
          const ownCeiling =
            setting.ownCeiling === null ? null : showValue(setting, setting.ownCeiling, words);
          const own = setting.ownValue === null ? null : showValue(setting, setting.ownValue, words);
          const options = optionsOf(setting);
          return (
            <div key={setting.key} className={styles.setting}>
              <Inherit
                label={setting.label}
                value={draft === undefined ? own : draft}
                inherited={{
                  value: showValue(setting, setting.inheritedValue, words),
                  from: nameOf(setting.inheritedFrom),
                }}
                ceiling={
                  setting.ceiling === null || setting.ceilingOrigin === null
                    ? undefined
                    : { value: show(setting, setting.ceiling), from: nameOf(setting.ceilingOrigin) }
                }
                locked={!setting.isEditable}
                error={errors.values[setting.key]}
                isMultiline={setting.isMultiline}
                inputMode={setting.kind === "COUNT" || setting.kind === "SECONDS" ? "numeric" : "text"}
                options={options}
                onChange={(value) => limits.change("values", setting.key, value)}
              />
              <p className={styles.help}>{setting.help}</p>
              {setting.isCeilingEditable && (
                <CeilingField
                  setting={setting}
                  options={options}
                  value={ceiling === undefined ? ownCeiling : ceiling}
                  error={errors.ceilings[setting.key]}
                  onChange={(value) => limits.change("ceilings", setting.key, value)}
                />
              )}
            </div>
          );
        })}
      </div>
      <SaveBar
        count={limits.count}
        pending={limits.isPending}
        error={limits.isRefused ? <Trans>See the fields marked</Trans> : undefined}
        diff={
          <ul>
            {limits.changes.map(({ setting, value }) => {
              const from = show(setting, setting.value);
              const to = value === null ? t`inherited` : show(setting, value);
              return (
                <li key={setting.key}>
                  {setting.label}: {from} → {to}
                </li>
              );
            })}
            {limits.ceilingChanges.map(({ setting, value }) => {
              const from = setting.ownCeiling === null ? t`none` : show(setting, setting.ownCeiling);
              const to = value === null ? t`none` : show(setting, value);
              return (
                <li key={setting.key}>
                  <Trans>
                    Ceiling for {setting.label}: {from} → {to}
                  </Trans>
                </li>
              );
            })}
          </ul>
        }
        onSave={() => void limits.save()}
        onReset={limits.reset}
      />
    </div>
  );
}
