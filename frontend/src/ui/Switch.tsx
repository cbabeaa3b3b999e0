/** On or off, at once (`Switch`), or a choice that is saved with its form (`Checkbox`). */
import { type ReactNode, useId } from "react";
import styles from "./Switch.module.css";

export type SwitchProps = {
  label: ReactNode;
  /** The label is only spoken: in tables. */
  hideLabel?: boolean;
  help?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  name?: string;
  onChange: (checked: boolean) => void;
};

export function Switch(props: SwitchProps) {
  return <Choice {...props} kind="switch" />;
}

export function Checkbox(props: SwitchProps) {
  return <Choice {...props} kind="checkbox" />;
}

function Choice({
  label,
  hideLabel,
  help,
  checked,
  disabled,
  name,
  onChange,
  kind,
}: SwitchProps & { kind: "switch" | "checkbox" }) {
  const id = useId();
  return (
    <div className={styles.row} data-kind={kind}>
      <input
        id={id}
        type="checkbox"
        role={kind === "switch" ? "switch" : undefined}
        className={styles.input}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
      </label>
      {help !== undefined && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}
