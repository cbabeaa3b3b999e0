/** What other organisations report of TLS with the hosts of a domain (RFC 8460). */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { universalDate } from "@/lib/dates";
import { formatList, formatNumber } from "@/lib/numbers";
import { type Column, Empty, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { Pager } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { type TlsFailure, type TlsReport, TlsReportsQuery } from "./documents";
import { reasonsOf } from "./reasons";
import own from "./Tls.module.css";

export function TlsReportsTab({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const pages = usePages(domain.id);
  const { first, after } = pages.variables;
  const query = useAdminQuery("tls-reports", TlsReportsQuery, { domainId: domain.id, first, after });
  const policies: Record<string, string> = {
    sts: t`MTA-STS`,
    tlsa: t`DANE`,
    "no-policy-found": t`No policy`,
  };
  const policyOf = ({ policyType }: TlsReport) => policies[policyType] ?? policyType;
  const columns: Column<TlsReport>[] = [
    {
      id: "from",
      header: t`Reported by`,
      isRowHeader: true,
      cell: (report) => (
        <span className={own.lines}>
          <span className={own.name}>{report.organization || report.sender}</span>
          <span className={own.line}>{universalDate(report.beginsAt)}</span>
          <span className={own.narrow}>{policyOf(report)}</span>
          <Reasons details={report.details} />
        </span>
      ),
    },
    { id: "policy", header: t`Policy`, optional: true, width: "110px", cell: policyOf },
    {
      id: "good",
      header: t`Secure`,
      align: "end",
      width: "90px",
      cell: ({ successes }) => formatNumber(Number(successes)),
    },
    {
      id: "bad",
      header: t`Failed`,
      align: "end",
      width: "90px",
      cell: ({ failures }) => (
        <span data-tone={Number(failures) > 0 ? "danger" : undefined} className={own.count}>
          {formatNumber(Number(failures))}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.part}>
      <p className={styles.lead}>
        <Trans>
          Other servers count how their encrypted connections to this domain came out, and report once a day
          to the address in the DNS record of TLS reports. Reports are what their senders say.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ tlsReports }) =>
          tlsReports !== null &&
          (tlsReports.totalCount === 0 ? (
            <Empty title={<Trans>No reports have come yet</Trans>} />
          ) : (
            <>
              <Table
                caption={t`TLS reports`}
                columns={columns}
                rows={tlsReports.edges.map(({ node }) => node)}
                rowKey={({ id }) => id}
              />
              <Pager pages={pages} total={tlsReports.totalCount} info={tlsReports.pageInfo} />
            </>
          ))
        }
      </Loaded>
    </div>
  );
}

/** The result types of the standard in words; others as they came. */
function Reasons({ details }: { details: readonly TlsFailure[] }) {
  const { t } = useLingui();
  const reasons = useMemo(() => reasonsOf(details), [details]);
  const words: Record<string, string> = {
    "starttls-not-supported": t`no encryption offered`,
    "certificate-host-mismatch": t`certificate for another name`,
    "certificate-expired": t`certificate expired`,
    "certificate-not-trusted": t`certificate not trusted`,
    "validation-failure": t`check failed`,
    "tlsa-invalid": t`TLSA record invalid`,
    "dnssec-invalid": t`DNSSEC invalid`,
    "dane-required": t`DANE required and missing`,
    "sts-policy-fetch-error": t`MTA-STS policy cannot be fetched`,
    "sts-policy-invalid": t`MTA-STS policy invalid`,
    "sts-webpki-invalid": t`certificate of the MTA-STS policy invalid`,
  };
  if (reasons.length === 0) return null;
  return (
    <span className={own.reasons}>
      {reasons.map(({ result, sessions, hosts }) => (
        <span key={result} className={own.line}>
          {words[result] ?? result}
          {hosts.length > 0 && ` (${formatList(hosts)})`}
          {", "}
          <Plural value={sessions} one="# connection" other="# connections" />
        </span>
      ))}
    </span>
  );
}
