/** What other hosts reported of a sent message, recipient by recipient. */
import { Trans, useLingui } from "@lingui/react/macro";
import { fullTime } from "@/lib/dates";
import type { MessageDetail } from "../store/types";
import styles from "./DeliveryReports.module.css";

type Report = MessageDetail["deliveryReports"][number];

export function DeliveryReports({ reports }: { reports: readonly Report[] }) {
  const { t } = useLingui();
  if (reports.length === 0) return null;
  return (
    <ul className={styles.reports} aria-label={t`Delivery reports`}>
      {reports.map((report) => (
        <li
          key={`${report.address} ${report.action} ${report.status} ${report.isVerified}`}
          data-tone={report.action === "FAILED" && report.isVerified ? "danger" : undefined}
        >
          <p className={styles.reported}>
            <Reported report={report} />
          </p>
          {report.diagnostic !== "" && <p className={styles.reportWords}>{report.diagnostic}</p>}
          <p className={styles.reportOrigin}>
            <Origin report={report} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Reported({ report: { action, address } }: { report: Report }) {
  switch (action) {
    case "FAILED":
      return <Trans>{address} did not get this message</Trans>;
    case "DELAYED":
      return <Trans>{address} has not got this message yet</Trans>;
    case "DELIVERED":
      return <Trans>{address} got this message</Trans>;
    case "RELAYED":
    case "EXPANDED":
      return <Trans>For {address} this message was passed on</Trans>;
  }
}

/** Without proof the host is only what the report calls itself. */
function Origin({ report: { reporter, isVerified, reportedAt } }: { report: Report }) {
  const when = fullTime(reportedAt);
  if (!isVerified)
    return (
      <Trans>
        Claimed by {reporter || "?"}, not verified · {when}
      </Trans>
    );
  return reporter === "" ? (
    when
  ) : (
    <Trans>
      Reported by {reporter} · {when}
    </Trans>
  );
}
