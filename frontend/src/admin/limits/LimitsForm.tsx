/** Limits and settings of the system, a domain or a user: inherited, own or locked; saved together. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { request, type SettingLevel } from "@/api";
import { Inherit, SaveBar, toast } from "@/ui";
import styles from "../Admin.module.css";
import { SetSettingMutation, type Setting, SettingsQuery } from "../documents";
import { Loaded } from "../shared/Loaded";
import { useAdminQuery } from "../shared/useAdminQuery";
import { changesOf, type Drafts, showValue } from "./limits";
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
  const client = useQueryClient();
  const nameOf = useOriginName();
  const [drafts, setDrafts] = useState<Drafts>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isPending, setPending] = useState(false);
  const words = { unlimited: t`Unlimited` };
  const { changes, unreadable } = changesOf(settings, drafts, words);
  const count = changes.length + unreadable.length;
  const show = (setting: Setting, value: Setting["value"]) => {
    const text = showValue(setting, value, words);
    return setting.kind === "SWITCH" ? (text === "on" ? t`On` : t`Off`) : text;
  };

  useEffect(() => {
    if (count === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [count > 0]);

  function change(key: string, value: string | null) {
    setDrafts((before) => ({ ...before, [key]: value }));
    setErrors(({ [key]: _, ...rest }) => rest);
  }

  async function save() {
    if (unreadable.length > 0) {
      const help = t`A number with its unit, such as 10 GB or 500`;
      setErrors(Object.fromEntries(unreadable.map((key) => [key, help])));
      return;
    }
    setPending(true);
    const refused: Record<string, string> = {};
    const saved: string[] = [];
    for (const { setting, value } of changes) {
      try {
        await request(SetSettingMutation, { level, targetId, key: setting.key, value });
        saved.push(setting.key);
      } catch (error) {
        refused[setting.key] = error instanceof Error ? error.message : String(error);
      }
    }
    await client.invalidateQueries({ queryKey: ["admin"] });
    setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !saved.includes(key))));
    setErrors(refused);
    setPending(false);
    if (Object.keys(refused).length === 0) toast({ text: t`Saved` });
  }

  return (
    <div className={styles.limits} data-narrow={isNarrow || undefined}>
      <div className={styles.settings}>
        {settings.map((setting) => {
          const draft = drafts[setting.key];
          const own = setting.ownValue === null ? null : showValue(setting, setting.ownValue, words);
          const isSwitch = setting.kind === "SWITCH";
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
                error={errors[setting.key]}
                isMultiline={setting.isMultiline}
                inputMode={setting.kind === "COUNT" || setting.kind === "SECONDS" ? "numeric" : "text"}
                options={
                  isSwitch
                    ? [
                        { value: "on", label: t`On` },
                        { value: "off", label: t`Off` },
                      ]
                    : undefined
                }
                onChange={(value) => change(setting.key, value)}
              />
              <p className={styles.help}>{setting.help}</p>
            </div>
          );
        })}
      </div>
      <SaveBar
        count={count}
        pending={isPending}
        error={Object.keys(errors).length > 0 ? <Trans>See the fields marked</Trans> : undefined}
        diff={
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
          </ul>
        }
        onSave={() => void save()}
        onReset={() => {
          setDrafts({});
          setErrors({});
        }}
      />
    </div>
  );
}
