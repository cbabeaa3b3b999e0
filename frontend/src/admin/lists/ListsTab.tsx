/** Mailing lists of a domain. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { Button, type Column, Empty, State, Table, Tag } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { AdminLink } from "../shared/AdminLink";
import { Pager, TableTools } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { AddListDialog } from "./AddListDialog";
import { type MailingList, MailingListsQuery } from "./documents";
import own from "./Lists.module.css";
import { useListWords } from "./useListWords";

export function ListsTab({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const words = useListWords();
  const pages = usePages();
  const canManage = useCan("LISTS_MANAGE");
  const [isAdding, setAdding] = useState(false);
  const query = useAdminQuery("lists", MailingListsQuery, { domainId: domain.id, ...pages.variables });
  const columns: Column<MailingList>[] = [
    {
      id: "address",
      header: t`List`,
      isRowHeader: true,
      cell: (list) => (
        <span className={own.lines}>
          {canManage ? (
            <AdminLink to={`domains/${domain.id}/lists/${list.id}`}>{list.address}</AdminLink>
          ) : (
            list.address
          )}
          {list.name !== "" && <span className={own.line}>{list.name}</span>}
        </span>
      ),
    },
    { id: "posting", header: t`May post`, optional: true, cell: ({ posting }) => words.posting[posting] },
    {
      id: "joining",
      header: t`Joining`,
      optional: true,
      cell: ({ subscription }) => words.subscription[subscription],
    },
    {
      id: "members",
      header: t`Members`,
      align: "end",
      width: "90px",
      cell: ({ memberCount }) => formatNumber(memberCount),
    },
    {
      id: "state",
      header: <span className={styles.gap}>{t`State`}</span>,
      width: "136px",
      cell: (list) => (
        <span className={styles.gap}>
          <ListState list={list} />
        </span>
      ),
    },
  ];
  return (
    <div className={styles.part}>
      <TableTools pages={pages} label={t`Search lists`}>
        {canManage && (
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add list</Trans>
          </Button>
        )}
      </TableTools>
      <Loaded query={query}>
        {({ mailingLists }) =>
          mailingLists !== null && (
            <>
              <Table
                caption={t`Mailing lists of ${domain.displayName}`}
                columns={columns}
                rows={mailingLists.edges.map(({ node }) => node)}
                rowKey={({ id }) => id}
                empty={
                  <Empty title={pages.text === "" ? t`No mailing lists yet` : t`No list is called that`}>
                    {pages.text === "" && (
                      <p>
                        <Trans>
                          What is sent to a list goes to all its members, here and elsewhere. People come and
                          go by themselves where the list lets them.
                        </Trans>
                      </p>
                    )}
                  </Empty>
                }
              />
              <Pager pages={pages} total={mailingLists.totalCount} info={mailingLists.pageInfo} />
            </>
          )
        }
      </Loaded>
      {isAdding && <AddListDialog domain={domain} onClose={() => setAdding(false)} />}
    </div>
  );
}

export function ListState({ list }: { list: MailingList }) {
  const held = formatNumber(list.heldCount);
  if (!list.isEnabled) {
    return (
      <State tone="plain">
        <Trans>Disabled</Trans>
      </State>
    );
  }
  if (list.heldCount > 0) {
    return (
      <Tag tone="ember">
        <Trans>{held} held</Trans>
      </Tag>
    );
  }
  return (
    <State tone="ok">
      <Trans>Enabled</Trans>
    </State>
  );
}
