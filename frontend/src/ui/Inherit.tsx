/**
 * One inherited limit, drawn by one rule everywhere.
 *
 * Inherited: the value in a quiet ink and where it comes from. Own: ink and accent border, and the way back.
 * Ceiling: dashed and locked, with the one who can lift it. The parent holds the draft; `null` means inherit.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { CornerDownRight, Lock, RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";
import field from "./Field.module.css";
import { useFirstBad } from "./firstBad";
import { IconButton } from "./IconButton";
import styles from "./Inherit.module.css";

export type InheritProps = {
  label: ReactNode;
  help?: ReactNode;
  /** What is set at this level, as typed; `null` inherits. */
  value: string | null;
  /** What holds without an own value, and who says so: "System default", "example.org". */
  inherited: { value: string; from: string };
  /** How far a level above lets it go, in words: "at most 25 MB". */
  bound?: { words: string; from: string };
  /** Only a level above may change it. */
  locked?: boolean;
  error?: ReactNode;
  /** Id of what explains it. */
  describedBy?: string;
  inputMode?: "text" | "numeric" | "decimal";
  /** Text that may have several lines. */
  isMultiline?: boolean;
  /** A closed set instead of free text. */
  options?: { value: string; label: string }[];
  onChange: (value: string | null) => void;
};

export function Inherit(props: InheritProps) {
  const { label, value, inherited, locked, error, describedBy, inputMode, isMultiline, options, onChange } =
    props;
  const { t } = useLingui();
  const id = useId();
  useFirstBad(id, error !== undefined);
  const state = locked ? "locked" : value === null ? "inherited" : "own";
  const shared = {
    id,
    className: styles.input,
    "aria-invalid": error === undefined ? undefined : true,
    "aria-describedby": [error !== undefined && `${id}-error`, describedBy, `${id}-from`]
      .filter(Boolean)
      .join(" "),
  };
  const inheritedLabel =
    options?.find((option) => option.value === inherited.value)?.label ?? inherited.value;
  return (
    <div className={styles.part} data-state={state}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row}>
        {options === undefined && isMultiline ? (
          <textarea
            {...shared}
            rows={5}
            value={value ?? inherited.value}
            readOnly={locked}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : options === undefined ? (
          <input
            {...shared}
            value={value ?? inherited.value}
            inputMode={inputMode}
            readOnly={locked}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <select
            {...shared}
            className={cx(styles.input, field.select)}
            value={value ?? inherited.value}
            disabled={locked}
            onChange={(event) => onChange(event.target.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
        {state === "own" && (
          <IconButton size="s" label={t`Go back to ${inheritedLabel}`} onClick={() => onChange(null)}>
            <RotateCcw />
          </IconButton>
        )}
        {state === "locked" && <Lock className={styles.lock} aria-hidden="true" />}
      </div>
      <p className={styles.from} id={`${id}-from`}>
        <Origin {...props} inheritedLabel={inheritedLabel} />
      </p>
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Origin({
  value,
  inherited,
  inheritedLabel,
  bound,
  locked,
  help,
}: InheritProps & { inheritedLabel: string }) {
  const from = inherited.from;
  if (locked && bound !== undefined) {
    return (
      <>
        <CornerDownRight aria-hidden="true" />
        <span>
          <Trans>
            {bound.from}: {bound.words}
          </Trans>
        </span>
      </>
    );
  }
  return (
    <>
      {value === null && <CornerDownRight aria-hidden="true" />}
      <span>
        {value === null ? (
          from
        ) : (
          <Trans>
            Set here; {from} says {inheritedLabel}
          </Trans>
        )}
        {bound !== undefined && (
          <>
            {" · "}
            <Trans>
              {bound.words} ({bound.from})
            </Trans>
          </>
        )}
        {help !== undefined && <> · {help}</>}
      </span>
    </>
  );
}
