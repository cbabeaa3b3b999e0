/** Limits and settings of the system, a domain or a user: inherited, own or locked; saved together. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { SettingLevel } from "@/api";
import { Button, Checkbox, Empty, Field, SaveBar } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { type Setting, SettingsQuery } from "../documents";
import { useAdminQuery } from "../shared/useAdminQuery";
import { isFound, wordsOf } from "./found";
import { LimitSections } from "./LimitSections";
import styles from "./Limits.module.css";
import { bySubject, differs } from "./subjects";
import { useLimits } from "./useLimits";
import { WhatChanges } from "./WhatChanges";

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
  const [typed, setTyped] = useState("");
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const limits = useLimits(level, targetId, settings);
  const sought = wordsOf(typed);
  const count = settings.filter(differs).length;
  // What is being changed stays in sight under the filter, and what was refused under any search.
  const subjects = bySubject(
    settings.filter(
      (setting) =>
        limits.isMarked(setting.key) ||
        (isFound(setting, sought) && (!onlyDiffering || differs(setting) || limits.isTouched(setting.key))),
    ),
  );
  const whole = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLElement>(null);
  /** What is found begins at the top, wherever the page was scrolled to. */
  const look = (text: string, isOnlyDiffering: boolean) => {
    setTyped(text);
    setOnlyDiffering(isOnlyDiffering);
    const top = whole.current?.getBoundingClientRect().top ?? 0;
    if (top < (tools.current?.getBoundingClientRect().top ?? 0))
      whole.current?.scrollIntoView({ block: "start" });
  };
  return (
    <div ref={whole} className={styles.limits} data-narrow={isNarrow || undefined}>
      <search ref={tools} className={styles.tools}>
        <Field
          label={t`Search limits`}
          hideLabel
          type="search"
          placeholder={t`Search limits`}
          size={1}
          className={styles.search}
          value={typed}
          onChange={(event) => look(event.target.value, onlyDiffering)}
        />
        <Checkbox
          label={<Plural value={count} _0="Only what differs" other="Only what differs (#)" />}
          checked={onlyDiffering}
          onChange={(isChecked) => look(typed, isChecked)}
        />
      </search>
      {subjects.length === 0 ? (
        <Empty
          title={
            sought.length > 0 ? <Trans>No limit is called that.</Trans> : <Trans>Nothing differs.</Trans>
          }
          action={
            <Button onClick={() => look("", false)}>
              <Trans>Show all limits</Trans>
            </Button>
          }
        />
      ) : (
        <LimitSections
          level={level}
          isNarrow={isNarrow}
          subjects={subjects}
          limits={limits}
          sought={sought}
        />
      )}
      <SaveBar
        count={limits.count}
        pending={limits.isPending}
        error={limits.isRefused ? <Trans>See the fields marked</Trans> : undefined}
        diff={<WhatChanges limits={limits} />}
        onSave={() => void limits.save()}
        onReset={limits.reset}
      />
    </div>
  );
}
