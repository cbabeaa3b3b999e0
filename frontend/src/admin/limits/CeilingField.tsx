/** What this level and those below may not pass; only asked for where there is one or one is wanted. */
import { Trans, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Field, IconButton, Select } from "@/ui";
import type { Setting } from "../documents";
import styles from "./Limits.module.css";

export type CeilingFieldProps = {
  setting: Setting;
  /** A closed set instead of free text, the tightest first. */
  options?: { value: string; label: string }[];
  /** As typed; null where there is none. */
  value: string | null;
  error?: ReactNode;
  onChange: (value: string | null) => void;
};

export function CeilingField({ setting, options, value, error, onChange }: CeilingFieldProps) {
  const { label, kind, level, choices, ceilingKind } = setting;
  const { t } = useLingui();
  const tightest = kind === "SWITCH" ? "off" : (choices[0]?.value ?? "");
  const isLeast = ceilingKind === "MIN";
  if (value === null) {
    return (
      <Button
        variant="link"
        size="s"
        className={styles.ceilingAdd}
        aria-label={isLeast ? t`Set a minimum for ${label}` : t`Set a ceiling for ${label}`}
        onClick={() => onChange(tightest)}
      >
        {isLeast ? <Trans>Set a minimum</Trans> : <Trans>Set a ceiling</Trans>}
      </Button>
    );
  }
  const name = isLeast ? t`Minimum for ${label}` : t`Ceiling for ${label}`;
  const help =
    level === "SYSTEM"
      ? isLeast
        ? t`No domain may go below it.`
        : t`No domain and no user may pass it.`
      : isLeast
        ? t`This domain may not go below it.`
        : t`This domain and its users may not pass it.`;
  return (
    <div className={styles.ceiling}>
      {options !== undefined ? (
        <Select label={name} help={help} error={error} options={options} value={value} onChange={onChange} />
      ) : (
        <Field
          label={name}
          help={help}
          error={error}
          size={1}
          autoFocus={value === ""}
          autoComplete="off"
          inputMode={kind === "COUNT" ? "numeric" : "text"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <IconButton
        size="s"
        label={isLeast ? t`Lift the minimum for ${label}` : t`Lift the ceiling for ${label}`}
        onClick={() => onChange(null)}
      >
        <X />
      </IconButton>
    </div>
  );
}
