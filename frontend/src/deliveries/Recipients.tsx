/** What became of each recipient. */
import { useLingui } from "@lingui/react/macro";
import styles from "./Deliveries.module.css";
import type { Recipient } from "./documents";
import { RecipientLine } from "./RecipientLine";

export function Recipients({ recipients }: { recipients: readonly Recipient[] }) {
  const { t } = useLingui();
  return (
    <ul className={styles.recipients} aria-label={t`Recipients`}>
      {recipients.map((recipient) => (
        <RecipientLine key={recipient.id} recipient={recipient} />
      ))}
    </ul>
  );
}
