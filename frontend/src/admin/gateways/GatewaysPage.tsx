/** Servers that take outgoing mail, instead of the hosts its domains name. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus, Waypoints } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { Button, type Column, Empty, IconButton, State, Switch, Table, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { PageHead } from "../shared/PageHead";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type Gateway, type GatewaysData, GatewaysQuery, UpdateGatewayMutation } from "./documents";
import { draftOf, inputOf } from "./draft";
import { GatewayDialog } from "./GatewayDialog";
import own from "./Gateways.module.css";
import { useTlsNames } from "./useTlsNames";

export function GatewaysPage() {
  const { t } = useLingui();
  const canManage = useCan("SYSTEM_MANAGE");
  const [editing, setEditing] = useState<Gateway | "new">();
  const query = useAdminQuery("gateways", GatewaysQuery, {});
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing("new")}>
      <Trans>Add gateway</Trans>
    </Button>
  );
  return (
    <>
      <PageHead title={t`Gateways`}>{canManage && (query.data?.gateways?.length ?? 0) > 0 && add}</PageHead>
      <Loaded query={query}>
        {({ gateways }) =>
          gateways === null || gateways.length === 0 ? (
            <Empty
              icon={<Waypoints />}
              title={<Trans>Mail goes straight to its destination.</Trans>}
              action={canManage && add}
            >
              <p>
                <Trans>
                  The MX records of each recipient’s domain say which host takes it. A gateway takes mail
                  instead: all of it, that of a domain here, or that to a domain elsewhere.
                </Trans>
              </p>
            </Empty>
          ) : (
            <>
              <p className={styles.lead}>
                <Trans>
                  The most exact gateway is taken: one for the recipient’s domain, then one for the sender’s,
                  then one for all mail. What fits none goes by MX.
                </Trans>
              </p>
              <GatewayTable gateways={gateways} onEdit={canManage ? setEditing : undefined} />
            </>
          )
        }
      </Loaded>
      {editing !== undefined && (
        <GatewayDialog
          gateway={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

type GatewayTableProps = {
  gateways: readonly Gateway[];
  onEdit: ((gateway: Gateway) => void) | undefined;
};

function GatewayTable({ gateways, onEdit }: GatewayTableProps) {
  const { t } = useLingui();
  const tlsNames = useTlsNames();
  const columns: Column<Gateway>[] = [
    {
      id: "name",
      header: t`Gateway`,
      isRowHeader: true,
      cell: ({ name, host, port, ...gateway }) => (
        <span className={own.lines}>
          <span className={own.name}>{name}</span>
          <span className={own.line}>
            {host}:{port}
          </span>
          <span className={own.narrow}>
            <Takes gateway={gateway} />
          </span>
        </span>
      ),
    },
    { id: "takes", header: t`Takes`, optional: true, cell: (gateway) => <Takes gateway={gateway} /> },
    {
      id: "tls",
      header: t`Connection`,
      optional: true,
      cell: ({ tls, username }) => (
        <span className={own.lines}>
          <span>{tlsNames[tls]}</span>
          {username !== "" && (
            <span className={own.line}>
              <Trans>signs in as {username}</Trans>
            </span>
          )}
        </span>
      ),
    },
    {
      id: "priority",
      header: t`Order`,
      align: "end",
      width: "70px",
      optional: true,
      cell: ({ priority }) => formatNumber(priority),
    },
    {
      id: "state",
      header: <span className={own.gap}>{t`Enabled`}</span>,
      width: "104px",
      cell: (gateway) => (
        <span className={own.gap}>
          {onEdit === undefined ? <Enabled gateway={gateway} /> : <EnabledSwitch gateway={gateway} />}
        </span>
      ),
    },
    ...(onEdit !== undefined
      ? [
          {
            id: "edit",
            header: <span className="visually-hidden">{t`Change`}</span>,
            align: "end" as const,
            width: "44px",
            cell: (gateway: Gateway) => (
              <IconButton size="s" label={t`Change ${gateway.name}`} onClick={() => onEdit(gateway)}>
                <Pencil />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
  return <Table caption={t`Gateways`} columns={columns} rows={gateways} rowKey={({ id }) => id} />;
}

function Takes({ gateway }: { gateway: Pick<Gateway, "senderDomain" | "recipientDomain"> }) {
  const { senderDomain: from, recipientDomain: to } = gateway;
  if (from !== "" && to !== "") {
    return (
      <Trans>
        mail from {from} to {to}
      </Trans>
    );
  }
  if (to !== "") return <Trans>mail to {to}</Trans>;
  return from === "" ? <Trans>all outgoing mail</Trans> : <Trans>mail from {from}</Trans>;
}

function Enabled({ gateway }: { gateway: Gateway }) {
  return gateway.isEnabled ? (
    <State tone="ok">
      <Trans>Enabled</Trans>
    </State>
  ) : (
    <State tone="plain">
      <Trans>Disabled</Trans>
    </State>
  );
}

function EnabledSwitch({ gateway }: { gateway: Gateway }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { act, isPending } = useAct();
  const { id, name } = gateway;

  async function set(isEnabled: boolean) {
    // Whoever opens the gateway in the meantime must not save it as it was.
    client.setQueryData<GatewaysData>(
      ["admin", "gateways", {}],
      (before) =>
        before && {
          gateways: before.gateways?.map((one) => (one.id === id ? { ...one, isEnabled } : one)) ?? null,
        },
    );
    await act(async () => {
      try {
        await request(UpdateGatewayMutation, { id, input: inputOf({ ...draftOf(gateway), isEnabled }) });
        toast({ text: isEnabled ? t`${name} is enabled` : t`${name} is disabled` });
      } catch (error) {
        toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
      }
    });
  }
  return (
    <Switch
      label={t`${name} is enabled`}
      hideLabel
      checked={gateway.isEnabled}
      disabled={isPending}
      onChange={(isEnabled) => void set(isEnabled)}
    />
  );
}
