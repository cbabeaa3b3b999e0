/** The records that a domain's zone needs, each part to be copied by itself. */
import { useLingui } from "@lingui/react/macro";
import { CopyButton } from "./CopyButton";
import styles from "./DnsRecords.module.css";

export type DnsRecord = { name: string; type: string; value: string; purpose: string };

export function DnsRecords({ records }: { records: readonly DnsRecord[] }) {
  const { t } = useLingui();
  return (
    <ul className={styles.records}>
      {records.map((record) => (
        <li key={`${record.type} ${record.name} ${record.value}`} className={styles.record}>
          <p className={styles.purpose}>{record.purpose}</p>
          <span className={styles.type}>{record.type}</span>
          <Copyable text={record.name} label={t`Copy the name ${record.name}`} />
          <Copyable text={record.value} label={t`Copy the value of ${record.type} ${record.name}`} />
        </li>
      ))}
    </ul>
  );
}

function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <span className={styles.copyable}>
      <code>{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
