/** The checks and filters that a message passed through, each with what it came to. */
import { useLingui } from "@lingui/react/macro";
import { Minus, Check as Passed, X } from "lucide-react";
import styles from "./Steps.module.css";
import { type Check, type Tone, toneOf } from "./trace";
import { useCheckWords } from "./useCheckWords";

const signs: Record<Tone, typeof Passed> = { ok: Passed, danger: X, plain: Minus };

export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useLingui();
  const { nameOf, outcomeOf } = useCheckWords();
  if (checks.length === 0) return null;
  return (
    <ul className={styles.checks} aria-label={t`Checks`}>
      {checks.map((check, at) => {
        const tone = toneOf(check);
        const Sign = signs[tone];
        return (
          <li key={at} className={styles.check} data-tone={tone} title={check.detail || undefined}>
            <Sign aria-hidden="true" />
            <span>{nameOf(check)}</span>
            <span className={styles.outcome}>{outcomeOf(check)}</span>
          </li>
        );
      })}
    </ul>
  );
}
