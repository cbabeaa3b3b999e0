/** A new password: shown or hidden, made at random on request, with its strength in words and as a bar. */
import { useLingui } from "@lingui/react/macro";
import { Dices, Eye, EyeOff } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Field, IconButton } from "@/ui";
import styles from "./PasswordField.module.css";
import { generatePassword, SHORTEST, type Strength, strengthOf } from "./password";

export type PasswordFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Words that would make it easy to guess. */
  names: readonly string[];
  error?: ReactNode;
  help?: ReactNode;
  name?: string;
  /** Offers a random one, which is then shown, so that it can be passed on. */
  canGenerate?: boolean;
  autoFocus?: boolean;
};

export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onChange, names, error, help, name, canGenerate, autoFocus } = props;
  const { t } = useLingui();
  const [isShown, setShown] = useState(false);
  const strength = strengthOf(value, names);
  const id = useId();
  return (
    <div className={styles.part}>
      <Field
        id={id}
        label={label}
        name={name}
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        spellCheck={false}
        autoCapitalize="none"
        required
        autoFocus={autoFocus}
        value={value}
        error={error}
        help={help}
        onChange={(event) => onChange(event.target.value)}
        suffix={
          <span className={styles.buttons}>
            {canGenerate && (
              <IconButton
                size="s"
                label={t`Make a random password`}
                onClick={() => {
                  onChange(generatePassword());
                  setShown(true);
                }}
              >
                <Dices />
              </IconButton>
            )}
            <IconButton
              size="s"
              label={isShown ? t`Hide password` : t`Show password`}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? <EyeOff /> : <Eye />}
            </IconButton>
          </span>
        }
      />
      <StrengthMeter strength={strength} />
    </div>
  );
}

function StrengthMeter({ strength }: { strength: Strength }) {
  const { t } = useLingui();
  const words = {
    empty: t`At least ${SHORTEST} characters; several words are good.`,
    short: t`Too short: at least ${SHORTEST} characters`,
    name: t`This is the name or the address itself`,
    simple: t`Too easy to guess`,
  };
  const levels = [t`Refused`, t`Weak`, t`Fair`, t`Good`, t`Strong`];
  const text = strength.problem === null ? levels[strength.score] : words[strength.problem];
  return (
    <div className={styles.strength} data-score={strength.score}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((level) => (
          <span key={level} data-on={strength.score >= level || undefined} />
        ))}
      </span>
      <span className={styles.word} role="status">
        {text}
      </span>
    </div>
  );
}
