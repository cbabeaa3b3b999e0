/** What somebody does, for the lines that the domain adds below outgoing mail. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Field, Unsaved } from "@/ui";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import { Origin } from "../shared/Origin";
import { OwnSettings } from "../shared/OwnSettings";
import { useSetPersonal } from "../shared/usePersonal";

export function JobTitle() {
  return (
    <OwnSettings>
      {(find) => {
        const setting = find("profile.title");
        if (setting === undefined || !setting.isEditable) return null;
        return <JobTitleForm key={String(setting.value)} setting={setting} />;
      }}
    </OwnSettings>
  );
}

function JobTitleForm({ setting }: { setting: PersonalSetting }) {
  const { t } = useLingui();
  const { set, isPending, refusal } = useSetPersonal();
  const kept = String(setting.value);
  const [typed, setTyped] = useState(kept);
  const isChanged = typed.trim() !== kept;
  const label = t`Job title`;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending && isChanged) void set(setting.key, typed.trim());
      }}
    >
      {isChanged && <Unsaved />}
      <Field
        label={label}
        autoComplete="organization-title"
        maxLength={200}
        value={typed}
        error={refusal?.message}
        help={
          <Origin
            setting={setting}
            label={label}
            show={(one) => (one === "" ? t`none` : String(one))}
            onReset={() => void set(setting.key, null)}
          >
            <Trans>It stands below your mail where your organisation adds lines with it.</Trans>
          </Origin>
        }
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" pending={isPending} disabled={!isChanged}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}
