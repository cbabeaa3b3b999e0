/** What remains to be done outside: the zone's records and the settings of mail programs. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@/ui";
import { ClientSettings } from "./ClientSettings";
import { DnsRecords } from "./DnsRecords";
import styles from "./Setup.module.css";
import type { SetUpResult } from "./SetupPage";

type DoneStepProps = { hostname: string; result: SetUpResult; onDone: () => void };

export function DoneStep({ hostname, result, onDone }: DoneStepProps) {
  const { t } = useLingui();
  const domain = result.domain.displayName;
  const address = result.viewer.address ?? "";
  return (
    <div className={styles.done}>
      <p className={styles.lead}>
        <Trans>You are signed in as {address}. Two things are left, and both can wait.</Trans>
      </p>
      <section aria-label={t`DNS records`} className={styles.section}>
        <h2 className={styles.subtitle}>
          <Trans>Tell the world where mail for {domain} goes</Trans>
        </h2>
        <p className={styles.note}>
          <Trans>
            Add these records at the provider of the domain. They are also under Administration, Domains.
          </Trans>
        </p>
        <DnsRecords records={result.domain.dnsRecords} />
      </section>
      <section aria-label={t`Mail programs`} className={styles.section}>
        <h2 className={styles.subtitle}>
          <Trans>Connect phones and mail programs</Trans>
        </h2>
        <ClientSettings hostname={hostname} login={address} />
      </section>
      <div className={styles.buttons}>
        <Button variant="primary" size="l" onClick={onDone}>
          <Trans>Open webmail</Trans>
        </Button>
      </div>
    </div>
  );
}
