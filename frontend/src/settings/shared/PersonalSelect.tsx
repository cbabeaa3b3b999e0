/** A setting of one's own that is one of a few values: saved when chosen, with where it comes from below. */
import type { ReactNode } from "react";
import { Select } from "@/ui";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import { Origin } from "./Origin";
import { useSetPersonal } from "./usePersonal";

type Value = PersonalSetting["value"];

export type PersonalSelectProps = {
  setting: PersonalSetting;
  label: string;
  /** What is offered, with what a value is called; without them the setting's own choices. */
  values?: readonly Value[];
  show?: (value: Value) => string;
  /** What the setting does. */
  children?: ReactNode;
  /** What else has to learn of it. */
  onSaved?: () => unknown;
};

export function PersonalSelect({ setting, label, values, show, children, onSaved }: PersonalSelectProps) {
  const { set, isPending, refusal } = useSetPersonal();
  const { key, value, isEditable, choices } = setting;
  const nameOf =
    show ?? ((one: Value) => choices.find((choice) => choice.value === one)?.label ?? String(one ?? ""));
  const offered = values ?? allowed(setting);

  async function save(next: Value) {
    if (await set(key, next)) await onSaved?.();
  }
  return (
    <Select
      className={styles.narrow}
      label={label}
      help={
        <Origin setting={setting} label={label} show={nameOf} onReset={() => void save(null)}>
          {children}
        </Origin>
      }
      error={refusal?.message}
      disabled={isPending || !isEditable || offered.length < 2}
      value={String(value)}
      options={offered.map((one) => ({ value: String(one), label: nameOf(one) }))}
      onChange={(next) => void save(offered.find((one) => String(one) === next) ?? value)}
    />
  );
}

/** The choices, the tightest first, as far as a ceiling lets them go. */
function allowed({ choices, ceiling }: PersonalSetting): string[] {
  const values = choices.map((choice) => choice.value);
  const last = values.indexOf(String(ceiling));
  return last < 0 ? values : values.slice(0, last + 1);
}
