/** Members of a list, and how they are put on it and taken off. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { Button, type Column, Empty, IconButton, State, Table, Tag } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { Pager, TableTools } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { AddMembersDialog } from "./AddMembersDialog";
import { type MailingList, type Member, MembersQuery } from "./documents";
import own from "./Lists.module.css";
import { MemberDialog } from "./MemberDialog";
import { useListWords } from "./useListWords";

export function MembersPart({ list, canManage }: { list: MailingList; canManage: boolean }) {
  const { t } = useLingui();
  const words = useListWords();
  const pages = usePages(list.id);
  const [isAdding, setAdding] = useState(false);
  const [editing, setEditing] = useState<Member>();
  const query = useAdminQuery("list members", MembersQuery, { listId: list.id, ...pages.variables });
  const columns: Column<Member>[] = [
    {
      id: "address",
      header: t`Address`,
      isRowHeader: true,
      cell: (member) => (
        <span className={own.lines}>
          <span className={styles.who}>
            {member.address}
            {member.role !== "MEMBER" && <Tag tone="accent">{words.role[member.role]}</Tag>}
          </span>
          {member.name !== "" && <span className={own.line}>{member.name}</span>}
        </span>
      ),
    },
    {
      id: "state",
      header: t`Gets posts`,
      width: "130px",
      cell: (member) => <Gets member={member} />,
    },
    ...(canManage
      ? [
          {
            id: "edit",
            header: <span className="visually-hidden">{t`Change`}</span>,
            align: "end" as const,
            width: "44px",
            cell: (member: Member) => (
              <IconButton size="s" label={t`Change ${member.address}`} onClick={() => setEditing(member)}>
                <Pencil />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
  const add = canManage && (
    <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      <Trans>Add members</Trans>
    </Button>
  );
  return (
    <div className={styles.part}>
      <TableTools pages={pages} label={t`Search members`}>
        {add}
      </TableTools>
      <Loaded query={query}>
        {({ listMembers }) => (
          <>
            <Table
              caption={t`Members of ${list.address}`}
              columns={columns}
              rows={listMembers.edges.map(({ node }) => node)}
              rowKey={({ id }) => id}
              empty={<Empty title={pages.text === "" ? t`Nobody is on the list yet` : t`No such member`} />}
            />
            <Pager pages={pages} total={listMembers.totalCount} info={listMembers.pageInfo} />
          </>
        )}
      </Loaded>
      {isAdding && <AddMembersDialog list={list} onClose={() => setAdding(false)} />}
      {editing !== undefined && (
        <MemberDialog list={list} member={editing} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

function Gets({ member }: { member: Member }) {
  if (member.suspendedAt !== null) {
    return (
      <State tone="danger">
        <Trans>Suspended</Trans>
      </State>
    );
  }
  return member.delivery === "EACH" ? (
    <State tone="ok">
      <Trans>All</Trans>
    </State>
  ) : (
    <State tone="plain">
      <Trans>None</Trans>
    </State>
  );
}
