/** Recipients whom a route takes that asks for a list. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { Button, type Column, Empty, IconButton, Table, TextArea, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { readTargets } from "../aliases/targets";
import type { Domain } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { Pager, TableTools } from "../shared/TableTools";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import {
  AddRoutedRecipientsMutation,
  RemoveRoutedRecipientsMutation,
  RoutedRecipientsQuery,
} from "./documents";

export function RoutedRecipients({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const pages = usePages();
  const canManage = useCan("ALIASES_MANAGE");
  const [isAdding, setAdding] = useState(false);
  const { act } = useAct();
  const query = useAdminQuery("routedRecipients", RoutedRecipientsQuery, {
    domainId: domain.id,
    ...pages.variables,
  });
  const addressOf = (localpart: string) => `${localpart}@${domain.displayName}`;

  async function remove(localpart: string) {
    const variables = { domainId: domain.id, localparts: [localpart] };
    if (!(await act(() => request(RemoveRoutedRecipientsMutation, variables)))) return;
    toast({
      text: t`${addressOf(localpart)} is off the list`,
      action: {
        label: t`Undo`,
        onAction: () => void act(() => request(AddRoutedRecipientsMutation, variables)),
      },
    });
  }
  const columns: Column<string>[] = [
    { id: "address", header: t`Recipient`, isRowHeader: true, cell: addressOf },
    ...(canManage
      ? [
          {
            id: "remove",
            header: <span className="visually-hidden">{t`Remove`}</span>,
            align: "end" as const,
            width: "44px",
            cell: (localpart: string) => (
              <IconButton
                size="s"
                label={t`Remove ${addressOf(localpart)}`}
                onClick={() => void remove(localpart)}
              >
                <Trash2 />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <TableTools pages={pages} label={t`Search recipients`}>
        {canManage && (
          <Button icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add recipients</Trans>
          </Button>
        )}
      </TableTools>
      <Loaded query={query}>
        {({ routedRecipients: found }) =>
          found !== null && (
            <>
              <Table
                caption={t`Recipients of another server`}
                columns={columns}
                rows={found.edges.map(({ node }) => node)}
                rowKey={(localpart) => localpart}
                empty={
                  <Empty
                    title={pages.text === "" ? t`Nobody is listed yet` : t`Nobody of that name is listed`}
                  />
                }
              />
              <Pager pages={pages} total={found.totalCount} info={found.pageInfo} />
            </>
          )
        }
      </Loaded>
      {isAdding && <AddDialog domain={domain} onClose={() => setAdding(false)} />}
    </>
  );
}

function AddDialog({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const { act, isPending, refusal } = useAct();

  async function save() {
    let count = 0;
    const isDone = await act(async () => {
      const localparts = readTargets(text, domain.name);
      const variables = { domainId: domain.id, localparts };
      count = (await request(AddRoutedRecipientsMutation, variables)).addRoutedRecipients ?? 0;
    });
    if (!isDone) return;
    onClose();
    toast({ text: plural(count, { one: "# recipient is new", other: "# recipients are new" }) });
  }
  return (
    <FormDialog
      title={t`Add recipients`}
      action={<Trans>Add recipients</Trans>}
      isPending={isPending}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <TextArea
        label={t`Recipients`}
        help={t`One address or name a line, 1,000 at most.`}
        rows={8}
        value={text}
        autoFocus
        spellCheck={false}
        autoCapitalize="none"
        error={refusal?.message}
        onChange={(event) => setText(event.target.value)}
      />
      <p className={styles.note}>
        <Trans>Addresses with a detail behind + are taken with them.</Trans>
      </p>
    </FormDialog>
  );
}
