/** All answers once more, each with the way back to it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@/ui";
import type { Answers, Step } from "./answers";
import styles from "./Setup.module.css";

export function Summary({ answers, onChange }: { answers: Answers; onChange: (step: Step) => void }) {
  const { t } = useLingui();
  const address = `${answers.userLocalpart.trim()}@${answers.domain.trim()}`;
  const rows: { step: Step; label: string; value: string; more?: string }[] = [
    { step: "administrator", label: t`System administrator`, value: answers.administratorName.trim() },
    { step: "domain", label: t`Domain`, value: answers.domain.trim() },
    { step: "user", label: t`First mailbox`, value: address, more: answers.userName.trim() },
  ];
  return (
    <dl className={styles.summary}>
      {rows.map((row) => (
        <div key={row.step} className={styles.row}>
          <dt>{row.label}</dt>
          <dd>
            <span className={styles.value}>{row.value}</span>
            {row.more !== undefined && row.more !== "" && <span className={styles.more}>{row.more}</span>}
          </dd>
          <dd>
            <Button variant="link" aria-label={t`Change: ${row.label}`} onClick={() => onChange(row.step)}>
              <Trans>Change</Trans>
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
