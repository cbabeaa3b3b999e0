/** The changes of a form of limits in words, before they are saved. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Limits } from "./useLimits";
import { useShown } from "./useShown";

export function WhatChanges({ limits: { changes, ceilingChanges } }: { limits: Limits }) {
  const { t } = useLingui();
  const show = useShown();
  return (
    <ul>
      {changes.map(({ setting, value }) => {
        const from = show(setting, setting.value);
        const to = value === null ? t`inherited` : show(setting, value);
        return (
          <li key={setting.key}>
            {setting.label}: {from} → {to}
          </li>
        );
      })}
      {ceilingChanges.map(({ setting, value }) => {
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
  );
}
