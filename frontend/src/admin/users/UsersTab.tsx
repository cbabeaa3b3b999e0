/** Users of a domain. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { shortDate } from "@/lib/dates";
import { Button, type Column, Empty, State, Table, Tag } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { type Domain, type User, UsersQuery } from "../documents";
import { AdminLink } from "../shared/AdminLink";
import { Pager, TableTools } from "../shared/TableTools";
import { Usage } from "../shared/Usage";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { AddUserDialog } from "./AddUserDialog";
import { useRoleNames } from "./useRoleNames";

export function UsersTab({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const pages = usePages();
  const roleNames = useRoleNames();
  const canAdd = useCan("USERS_CREATE");
  const [isAdding, setAdding] = useState(false);
  const query = useAdminQuery("users", UsersQuery, { domainId: domain.id, ...pages.variables });
  const columns: Column<User>[] = [
    {
      id: "address",
      header: t`Address`,
      isRowHeader: true,
      cell: (user) => (
        <span className={styles.who}>
          <AdminLink to={`domains/${domain.id}/users/${user.id}`}>{user.address}</AdminLink>
          {user.role !== "USER" && (
            <Tag tone={user.role === "DOMAIN_ADMINISTRATOR" ? "accent" : "plain"}>{roleNames[user.role]}</Tag>
          )}
        </span>
      ),
    },
    {
      id: "name",
      header: t`Name`,
      optional: true,
      cell: (user) => <span className={styles.person}>{user.name}</span>,
    },
    {
      id: "storage",
      header: t`Storage`,
      align: "end",
      cell: (user) => (
        <Usage used={formatBytes(user.usedBytes)} limit={user.quota?.value} show={formatBytes} />
      ),
    },
    {
      id: "seen",
      header: t`Last sign-in`,
      align: "end",
      optional: "first",
      cell: (user) => (user.lastSignInAt === null ? t`never` : shortDate(user.lastSignInAt)),
    },
    {
      id: "state",
      header: <span className={styles.gap}>{t`State`}</span>,
      width: "136px",
      cell: (user) =>
        user.isEnabled ? (
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
    <div className={styles.part}>
      <TableTools pages={pages} label={t`Search users`}>
        {canAdd && (
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add user</Trans>
          </Button>
        )}
      </TableTools>
      <Loaded query={query}>
        {({ users }) =>
          users !== null && (
            <>
              <Table
                caption={t`Users of ${domain.displayName}`}
                columns={columns}
                rows={users.edges.map(({ node }) => node)}
                rowKey={(user) => user.id}
                empty={<Empty title={pages.text === "" ? t`No users yet` : t`Nobody is called that`} />}
              />
              <Pager pages={pages} total={users.totalCount} info={users.pageInfo} />
            </>
          )
        }
      </Loaded>
      {isAdding && <AddUserDialog domain={domain} onClose={() => setAdding(false)} />}
    </div>
  );
}
