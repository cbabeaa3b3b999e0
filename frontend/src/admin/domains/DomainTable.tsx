/** Domains with what they use. */
import { Trans, useLingui } from "@lingui/react/macro";
import { formatBytes } from "@/lib/bytes";
import { formatNumber } from "@/lib/numbers";
import { type Column, Empty, State, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { type DomainRow, DomainsQuery } from "../documents";
import { AdminLink } from "../shared/AdminLink";
import { Pager } from "../shared/TableTools";
import { Usage } from "../shared/Usage";
import { useAdminQuery } from "../shared/useAdminQuery";
import type { Pages } from "../shared/usePages";

type DomainTableProps = { variables: Pages["variables"]; pages?: Pages };

export function DomainTable({ variables, pages }: DomainTableProps) {
  const { t } = useLingui();
  const query = useAdminQuery("domains", DomainsQuery, variables);
  const columns: Column<DomainRow>[] = [
    {
      id: "name",
      header: t`Domain`,
      isRowHeader: true,
      cell: (domain) => <AdminLink to={`domains/${domain.id}`}>{domain.displayName}</AdminLink>,
    },
    {
      id: "users",
      header: t`Accounts`,
      align: "end",
      cell: (domain) => (
        <Usage used={formatNumber(domain.userCount)} limit={domain.maxUsers?.value} show={formatNumber} />
      ),
    },
    {
      id: "aliases",
      header: t`Aliases`,
      align: "end",
      optional: true,
      cell: (domain) => formatNumber(domain.aliasCount),
    },
    {
      id: "storage",
      header: t`Storage`,
      align: "end",
      optional: true,
      cell: (domain) => (
        <Usage used={formatBytes(domain.usedBytes)} limit={domain.diskBytes?.value} show={formatBytes} />
      ),
    },
    {
      id: "state",
      header: <span className={styles.gap}>{t`State`}</span>,
      width: "150px",
      cell: (domain) =>
        domain.isEnabled ? (
          <span className={styles.gap}>
            <State tone="ok">
              <Trans>Enabled</Trans>
            </State>
          </span>
        ) : (
          <span className={styles.gap}>
            <State tone="plain">
              <Trans>Disabled</Trans>
            </State>
          </span>
        ),
    },
  ];
  return (
    <Loaded query={query}>
      {({ domains }) =>
        domains !== null && (
          <>
            <Table
              caption={t`Domains`}
              columns={columns}
              rows={domains.edges.map(({ node }) => node)}
              rowKey={(domain) => domain.id}
              empty={
                <Empty title={variables.search === null ? t`No domains yet` : t`No domain is called that`} />
              }
            />
            {pages !== undefined && (
              <Pager pages={pages} total={domains.totalCount} info={domains.pageInfo} />
            )}
          </>
        )
      }
    </Loaded>
  );
}
