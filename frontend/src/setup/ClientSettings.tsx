/** What a mail program has to be told. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CopyButton } from "./CopyButton";
import styles from "./Setup.module.css";

export function ClientSettings({ hostname, login }: { hostname: string; login: string }) {
  const { t } = useLingui();
  const rows = [
    { label: t`Incoming, IMAP`, value: hostname, detail: t`port 993, TLS` },
    { label: t`Or POP3`, value: hostname, detail: t`port 995, TLS` },
    { label: t`Outgoing, SMTP`, value: hostname, detail: t`port 465, TLS` },
    { label: t`User name`, value: login, detail: t`the whole address` },
  ];
  return (
    <dl className={styles.summary}>
      {rows.map(({ label, value, detail }) => (
        <div key={label} className={styles.row}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            <span className={styles.more}>{detail}</span>
          </dd>
          <dd>
            <CopyButton text={value} label={t`Copy: ${label}`} />
          </dd>
        </div>
      ))}
      <div className={styles.row}>
        <dt>
          <Trans>Password</Trans>
        </dt>
        <dd>
          <span className={styles.more}>
            <Trans>the one you sign in with</Trans>
          </span>
        </dd>
      </div>
    </dl>
  );
}
