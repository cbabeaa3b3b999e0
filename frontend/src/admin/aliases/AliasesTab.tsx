/** Aliases of a domain: addresses without a mailbox, and where their mail goes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/app";
import { formatList } from "@/lib/numbers";
import { Button, type Column, Empty, IconButton, State, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { type Alias, AliasesQuery, type Domain } from "../documents";
import { Pager, TableTools } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { AliasDialog } from "./AliasDialog";

const SHOWN = 3;

export function AliasesTab({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const pages = usePages();
  const canManage = useCan("ALIASES_MANAGE");
  const [editing, setEditing] = useState<Alias | "new">();
  const query = useAdminQuery("aliases", AliasesQuery, { domainId: domain.id, ...pages.variables });
  const nameOf = (alias: Alias) => (alias.localpart === "*" ? t`Catch-all` : alias.address);
  const columns: Column<Alias>[] = [
    { id: "address", header: t`Alias`, isRowHeader: true, cell: nameOf },
    {
      id: "targets",
      header: t`Mail goes to`,
      cell: ({ targets }) => {
        const rest = targets.length - SHOWN;
        return rest > 0 ? t`${targets.slice(0, SHOWN).join(", ")} and ${rest} more` : formatList(targets);
      },
    },
    {
      id: "state",
      header: t`State`,
      width: "110px",
      cell: (alias) =>
        alias.isEnabled ? (
          <State tone="ok">
            <Trans>Enabled</Trans>
          </State>
        ) : (
          <State tone="plain">
            <Trans>Disabled</Trans>
          </State>
        ),
    },
    ...(canManage
      ? [
          {
            id: "edit",
            header: <span className="visually-hidden">{t`Change`}</span>,
            align: "end" as const,
            width: "44px",
            cell: (alias: Alias) => (
              <IconButton size="s" label={t`Change ${nameOf(alias)}`} onClick={() => setEditing(alias)}>
                <Pencil />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className={styles.part}>
      <TableTools pages={pages} label={t`Search aliases`}>
        {canManage && (
          <Button variant="primary" icon={<Plus />} onClick={() => setEditing("new")}>
            <Trans>Add alias</Trans>
          </Button>
        )}
      </TableTools>
      <Loaded query={query}>
        {({ aliases }) =>
          aliases !== null && (
            <>
              <Table
                caption={t`Aliases of ${domain.displayName}`}
                columns={columns}
                rows={aliases.edges.map(({ node }) => node)}
                rowKey={(alias) => alias.id}
                empty={<Empty title={pages.text === "" ? t`No aliases yet` : t`No alias is called that`} />}
              />
              <Pager pages={pages} total={aliases.totalCount} info={aliases.pageInfo} />
            </>
          )
        }
      </Loaded>
      {editing !== undefined && (
        <AliasDialog
          domain={domain}
          alias={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}
