/** Who did what, newest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { fullTime } from "@/lib/dates";
import { type Column, Empty, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "./Admin.module.css";
import { auditActions } from "./auditActions";
import { detailWords } from "./auditDetail";
import { type AuditEntry, AuditQuery } from "./documents";
import { PageHead } from "./shared/PageHead";
import { Pager } from "./shared/TableTools";
import { useAdminQuery } from "./shared/useAdminQuery";
import { usePages } from "./shared/usePages";

export function AuditPage({ domainId }: { domainId: string | null }) {
  const { t } = useLingui();
  const pages = usePages();
  const { first, after } = pages.variables;
  const query = useAdminQuery("audit", AuditQuery, { domainId, first, after });
  function nameOf(action: string) {
    const name = auditActions[action];
    return name === undefined ? <code className={styles.code}>{action}</code> : t(name);
  }
  const columns: Column<AuditEntry>[] = [
    {
      id: "at",
      header: t`When`,
      cell: (entry) => (
        <time dateTime={entry.at} className={styles.when}>
          {fullTime(entry.at)}
        </time>
      ),
    },
    { id: "actor", header: t`Who`, isRowHeader: true, cell: (entry) => entry.actor },
    {
      id: "action",
      header: t`What`,
      cell: (entry) => (
        <span className={styles.what}>
          {nameOf(entry.action)} <span className={styles.detail}>{entry.subject}</span>
        </span>
      ),
    },
    {
      id: "detail",
      header: t`Detail`,
      optional: true,
      cell: (entry) => <span className={styles.detail}>{detailWords(entry.detail)}</span>,
    },
    {
      id: "from",
      header: t`From`,
      optional: true,
      cell: (entry) => <span className={styles.detail}>{entry.remoteAddress}</span>,
    },
  ];
  return (
    <>
      <PageHead title={t`Audit log`} />
      <Loaded query={query}>
        {({ auditEntries }) =>
          auditEntries !== null && (
            <>
              <Table
                caption={t`Audit log`}
                columns={columns}
                rows={auditEntries.edges.map(({ node }) => node)}
                rowKey={(entry) => entry.id}
                empty={<Empty title={<Trans>Nothing was done yet</Trans>} />}
              />
              <Pager pages={pages} total={auditEntries.totalCount} info={auditEntries.pageInfo} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
