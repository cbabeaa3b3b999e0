/** A labelled line of input with its help and its error; plain elements, so browsers and password managers know them. */
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";
import styles from "./Field.module.css";
import { useFirstBad } from "./firstBad";

export type FieldFrame = {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  /** Shown inside the box, after the input: a unit or a button. */
  suffix?: ReactNode;
  hideLabel?: boolean;
};

export type FieldProps = FieldFrame & ComponentProps<"input">;

export function Field({ label, help, error, suffix, hideLabel, className, id, ...rest }: FieldProps) {
  const ids = useFieldIds(id, help, error);
  return (
    <FieldBox {...{ label, help, error, suffix, hideLabel, className, ids }}>
      <input
        {...rest}
        id={ids.input}
        className={styles.input}
        aria-invalid={hasError(error) || undefined}
        aria-describedby={ids.describedBy}
      />
    </FieldBox>
  );
}

export type TextAreaProps = FieldFrame & ComponentProps<"textarea">;

export function TextArea({ label, help, error, suffix, hideLabel, className, id, ...rest }: TextAreaProps) {
  const ids = useFieldIds(id, help, error);
  return (
    <FieldBox {...{ label, help, error, suffix, hideLabel, className, ids }}>
      <textarea
        rows={4}
        {...rest}
        id={ids.input}
        className={styles.input}
        aria-invalid={hasError(error) || undefined}
        aria-describedby={ids.describedBy}
      />
    </FieldBox>
  );
}

export type SelectOption = { value: string; label: string; disabled?: boolean };
export type SelectProps = Omit<FieldFrame, "suffix"> &
  Omit<ComponentProps<"select">, "onChange"> & {
    options: SelectOption[];
    onChange?: (value: string) => void;
  };

export function Select({
  label,
  help,
  error,
  hideLabel,
  className,
  id,
  options,
  onChange,
  ...rest
}: SelectProps) {
  const ids = useFieldIds(id, help, error);
  return (
    <FieldBox {...{ label, help, error, hideLabel, className, ids }}>
      <select
        {...rest}
        id={ids.input}
        className={cx(styles.input, styles.select)}
        aria-invalid={hasError(error) || undefined}
        aria-describedby={ids.describedBy}
        onChange={(event) => onChange?.(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldBox>
  );
}

type FieldIds = { input: string; help: string; error: string; describedBy: string | undefined };
type FieldBoxProps = FieldFrame & { className?: string; ids: FieldIds; children: ReactNode };

function FieldBox({ label, help, error, suffix, hideLabel, className, ids, children }: FieldBoxProps) {
  return (
    <div className={cx(styles.field, className)}>
      <label className={cx(styles.label, hideLabel === true && "visually-hidden")} htmlFor={ids.input}>
        {label}
      </label>
      <div className={styles.box} data-invalid={hasError(error) || undefined}>
        {children}
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
      </div>
      {help !== undefined && (
        <div className={styles.help} id={ids.help}>
          {help}
        </div>
      )}
      {hasError(error) && (
        <div className={styles.error} id={ids.error} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

function hasError(error: ReactNode): boolean {
  return error !== undefined && error !== null && error !== false && error !== "";
}

function useFieldIds(given: string | undefined, help: ReactNode, error: ReactNode): FieldIds {
  const own = useId();
  const input = given ?? own;
  useFirstBad(input, hasError(error));
  const parts = [hasError(error) && `${input}-error`, help !== undefined && `${input}-help`].filter(Boolean);
  return {
    input,
    help: `${input}-help`,
    error: `${input}-error`,
    describedBy: parts.length > 0 ? parts.join(" ") : undefined,
  };
}
