/** Of which mail somebody hears, how much of it is shown, and when it is quiet; the same on all devices. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Field, Switch } from "@/ui";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import { Origin } from "../shared/Origin";
import { PersonalSelect } from "../shared/PersonalSelect";
import { useSetPersonal } from "../shared/usePersonal";
import { usePlaceName } from "../shared/usePlaceName";
import own from "./Notifications.module.css";
import { type Hours, readHours, usual, writeHours } from "./quietHours";

export type WhatIsToldProps = { settings: readonly PersonalSetting[] };
type PartProps = { setting: PersonalSetting | undefined; save: Save };
type Save = (key: string, value: PersonalSetting["value"]) => Promise<boolean>;

export function WhatIsTold({ settings }: WhatIsToldProps) {
  const { set: save, refusal } = useSetPersonal();
  const find = (name: string) => settings.find(({ key }) => key === `notifications.${name}`);

  return (
    <section className={styles.part} aria-labelledby="what-is-told">
      <h2 className={styles.subtitle} id="what-is-told">
        <Trans>On all devices</Trans>
      </h2>
      <Which setting={find("mail")} />
      <Content setting={find("content")} save={save} />
      <Quiet setting={find("quiet_hours")} save={save} />
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
    </section>
  );
}

function Which({ setting }: { setting: PersonalSetting | undefined }) {
  const { t } = useLingui();
  if (setting === undefined) return null;
  return (
    <PersonalSelect setting={setting} label={t`Notify me of`}>
      {setting.value === "known" && t`You know those you wrote to, your colleagues, and senders you trust.`}
    </PersonalSelect>
  );
}

function Content({ setting, save }: PartProps) {
  const { t } = useLingui();
  const placeOf = usePlaceName();
  if (setting === undefined) return null;
  const isForbidden = setting.ceiling === false || (setting.value === false && !setting.isEditable);
  const label = t`Show sender and subject`;
  const place = placeOf(setting.ceilingOrigin ?? setting.origin);
  return (
    <Switch
      label={label}
      help={
        isForbidden ? (
          t`It is turned off for ${place}.`
        ) : (
          <Origin
            setting={setting}
            label={label}
            show={(one) => (one === true ? t`On` : t`Off`)}
            onReset={() => void save(setting.key, null)}
          >
            <Trans>Turn it off where others can see your screen: you only read that there is new mail.</Trans>
          </Origin>
        )
      }
      checked={setting.value === true}
      disabled={isForbidden || !setting.isEditable}
      onChange={(on) => void save(setting.key, on)}
    />
  );
}

function Quiet({ setting, save }: PartProps) {
  const { t } = useLingui();
  const kept = readHours(String(setting?.value ?? ""));
  const [draft, setDraft] = useState<Hours>(kept ?? usual);
  if (setting === undefined) return null;
  const label = t`Quiet hours`;

  function type(changed: Partial<Hours>) {
    const next = { ...draft, ...changed };
    setDraft(next);
    const text = writeHours(next);
    if (setting !== undefined && text !== undefined && text !== setting.value) void save(setting.key, text);
  }
  return (
    <>
      <Switch
        label={label}
        help={
          <Origin
            setting={setting}
            label={label}
            show={(one) => (one === "" ? t`Off` : String(one).replace("-", "–"))}
            onReset={() => void save(setting.key, null)}
          >
            <Trans>In this time of the day nothing is notified, by the clock of each device.</Trans>
          </Origin>
        }
        checked={kept !== undefined}
        disabled={!setting.isEditable}
        onChange={(on) => void save(setting.key, on ? (writeHours(draft) ?? "") : "")}
      />
      {kept !== undefined && (
        <div className={own.hours}>
          <Field
            label={t`From`}
            type="time"
            value={draft.from}
            onChange={(event) => type({ from: event.target.value })}
          />
          <Field
            label={t`Until`}
            type="time"
            value={draft.to}
            onChange={(event) => type({ to: event.target.value })}
          />
        </div>
      )}
    </>
  );
}
