/** One of the seven hues, or none where that may be. */
import { useLingui } from "@lingui/react/macro";
import { Check, Slash } from "lucide-react";
import styles from "./Tags.module.css";
import { hues } from "./tags";

export type ColourFieldProps = {
  value: number | undefined;
  mayBeNone?: boolean;
  onChange: (hue: number | undefined) => void;
};

export function ColourField({ value, mayBeNone = false, onChange }: ColourFieldProps) {
  const { t } = useLingui();
  const names = [t`Sand`, t`Blue`, t`Sea`, t`Rose`, t`Violet`, t`Green`, t`Terracotta`];
  return (
    <fieldset className={styles.swatches}>
      <legend>{t`Colour`}</legend>
      {mayBeNone && (
        <label className={styles.swatch} style={{ background: "var(--desk)", color: "var(--ink-3)" }}>
          <input
            type="radio"
            name="hue"
            aria-label={t`No colour`}
            checked={value === undefined}
            onChange={() => onChange(undefined)}
          />
          <Slash aria-hidden="true" style={{ visibility: "visible" }} />
        </label>
      )}
      {hues.map((hue) => (
        <label key={hue} className={styles.swatch} data-hue={hue} title={names[hue]}>
          <input
            type="radio"
            name="hue"
            aria-label={names[hue]}
            checked={value === hue}
            onChange={() => onChange(hue)}
          />
          <Check aria-hidden="true" />
        </label>
      ))}
    </fieldset>
  );
}
