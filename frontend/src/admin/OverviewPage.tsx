/** The installation at a glance. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useSession } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { relativeTime } from "@/lib/dates";
import { formatNumber } from "@/lib/numbers";
import { Loaded } from "@/ui/Loaded";
import styles from "./Admin.module.css";
import { OverviewQuery } from "./documents";
import { DomainTable } from "./domains/DomainTable";
import { PauseBanner } from "./queue/PauseBanner";
import { AdminLink } from "./shared/AdminLink";
import { PageHead } from "./shared/PageHead";
import { useAdminQuery } from "./shared/useAdminQuery";

export function OverviewPage() {
  const { t } = useLingui();
  const session = useSession();
  const query = useAdminQuery("overview", OverviewQuery, {});
  const host = session.status === "signedIn" ? session.instance.hostname : "";
  const overview = query.data?.systemOverview;
  const since = overview == null ? "" : relativeTime(overview.startedAt);
  const version = overview?.version ?? "";
  return (
    <>
      <PageHead
        title={t`Overview`}
        note={
          overview != null && (
            <Trans>
              {host}, version {version}, started {since}
            </Trans>
          )
        }
      />
      <PauseBanner />
      <Loaded query={query}>
        {({ systemOverview: shown }) =>
          shown !== null && (
            <dl className={styles.cards}>
              <Card label={t`Domains`} value={formatNumber(shown.domainCount)} />
              <Card label={t`Users`} value={formatNumber(shown.userCount)} />
              <Card label={t`Mail stored`} value={formatBytes(shown.usedBytes)} />
              <Card
                label={<AdminLink to="queue">{t`In the queue`}</AdminLink>}
                value={formatNumber(shown.spoolCount)}
                note={
                  shown.oldestSpoolAt === null
                    ? t`nothing waits`
                    : t`oldest accepted ${relativeTime(shown.oldestSpoolAt)}`
                }
              />
            </dl>
          )
        }
      </Loaded>
      <h2 className={styles.subtitle}>
        <Trans>Domains</Trans>
      </h2>
      <DomainTable variables={{ first: 10, after: null, search: null }} />
    </>
  );
}

function Card({ label, value, note }: { label: ReactNode; value: string; note?: ReactNode }) {
  return (
    <div className={styles.card}>
      <dt>{label}</dt>
      <dd className={styles.figure}>{value}</dd>
      {note !== undefined && <dd className={styles.cardNote}>{note}</dd>}
    </div>
  );
}
