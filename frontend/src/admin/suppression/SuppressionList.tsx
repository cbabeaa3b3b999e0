/** Addresses and domains to which nothing is sent: by anybody here, or by the users of one domain. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { fullTime } from "@/lib/dates";
import { Button, type Column, Empty, IconButton, Table, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { Pager, TableTools } from "../shared/TableTools";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import { AddDialog } from "./AddDialog";
import { RemoveSuppressionsMutation, type Suppression, SuppressionsQuery } from "./documents";
import own from "./Suppression.module.css";
import { useReasons } from "./useReasons";

/** `domainId` null: what holds for everybody here. */
export function SuppressionList({ domainId }: { domainId: string | null }) {
  const { t } = useLingui();
  const reasons = useReasons();
  const pages = usePages(domainId ?? "");
  const canOfSystem = useCan("SPOOL_MANAGE");
  const canOfDomain = useCan("DOMAIN_MANAGE");
  const canManage = domainId === null ? canOfSystem : canOfDomain;
  const [isAdding, setAdding] = useState(false);
  const query = useAdminQuery("suppressions", SuppressionsQuery, { domainId, ...pages.variables });
  const columns: Column<Suppression>[] = [
    {
      id: "address",
      header: t`Address`,
      isRowHeader: true,
      cell: (entry) => (
        <span className={own.lines}>
          <span className={own.address}>{entry.address}</span>
          {entry.detail !== "" && <span className={own.line}>{entry.detail}</span>}
          <span className={own.narrow}>{reasons[entry.reason]}</span>
        </span>
      ),
    },
    { id: "reason", header: t`Why`, optional: true, width: "150px", cell: ({ reason }) => reasons[reason] },
    {
      id: "until",
      header: t`Until`,
      optional: true,
      width: "190px",
      cell: ({ expiresAt }) => (expiresAt === null ? <Trans>For good</Trans> : fullTime(expiresAt)),
    },
    ...(canManage
      ? [
          {
            id: "remove",
            header: <span className="visually-hidden">{t`Remove`}</span>,
            align: "end" as const,
            width: "44px",
            cell: (entry: Suppression) => <RemoveButton entry={entry} />,
          },
        ]
      : []),
  ];
  return (
    <div className={styles.part}>
      <p className={styles.lead}>
        {domainId === null ? (
          <Trans>Nobody here sends mail to these addresses and domains.</Trans>
        ) : (
          <Trans>
            The users of this domain send nothing to these. Addresses whose mail came back are added by
            themselves, as the limits of the domain say.
          </Trans>
        )}
      </p>
      <TableTools pages={pages} label={t`Search addresses`}>
        {canManage && (
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add address</Trans>
          </Button>
        )}
      </TableTools>
      <Loaded query={query}>
        {({ suppressions }) =>
          suppressions !== null &&
          (suppressions.totalCount === 0 ? (
            <Empty title={pages.text === "" ? t`Mail is sent everywhere` : t`No such address`} />
          ) : (
            <>
              <Table
                caption={t`Suppressed addresses`}
                columns={columns}
                rows={suppressions.edges.map(({ node }) => node)}
                rowKey={({ id }) => id}
              />
              <Pager pages={pages} total={suppressions.totalCount} info={suppressions.pageInfo} />
            </>
          ))
        }
      </Loaded>
      {isAdding && <AddDialog domainId={domainId} onClose={() => setAdding(false)} />}
    </div>
  );
}

function RemoveButton({ entry: { id, address } }: { entry: Suppression }) {
  const { t } = useLingui();
  const { act, isPending } = useAct();

  async function remove() {
    await act(async () => {
      try {
        await request(RemoveSuppressionsMutation, { ids: [id] });
        toast({ text: t`Mail is sent to ${address} again` });
      } catch (error) {
        toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
      }
    });
  }
  return (
    <IconButton size="s" label={t`Remove ${address}`} disabled={isPending} onClick={() => void remove()}>
      <Trash2 />
    </IconButton>
  );
}
