/** For which domains mail waits, and to which nothing is sent for now. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CirclePause, CirclePlay, MailCheck, Plus } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { fullTime, relativeTime } from "@/lib/dates";
import { formatNumber } from "@/lib/numbers";
import { Button, type Column, Empty, IconButton, State, Table, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { AdminLink } from "../shared/AdminLink";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { ALL_SENDING, type DestinationRow, rowsOf } from "./destinations";
import { DestinationsQuery, PauseSendingMutation, ResumeSendingMutation } from "./documents";
import { queuePath } from "./filters";
import { PauseDialog } from "./PauseDialog";
import queue from "./Queue.module.css";

const EVERY_MS = 10_000;

export function DestinationsTab() {
  const { t } = useLingui();
  const canManage = useCan("SPOOL_MANAGE");
  const [isAdding, setAdding] = useState(false);
  const query = useAdminQuery("destinations", DestinationsQuery, {}, EVERY_MS);
  const columns: Column<DestinationRow>[] = [
    {
      id: "domain",
      header: t`Destination`,
      isRowHeader: true,
      cell: (row) => (
        <span className={queue.lines}>
          <AdminLink
            to={queuePath({ search: "", domain: row.domain, state: undefined })}
            className={queue.address}
          >
            {row.domain}
          </AdminLink>
          <span className={queue.narrow}>
            <Standing row={row} />
          </span>
        </span>
      ),
    },
    {
      id: "queued",
      header: t`Waiting`,
      align: "end",
      width: "90px",
      cell: (row) => formatNumber(row.queued),
    },
    { id: "held", header: t`Held`, align: "end", width: "80px", cell: (row) => formatNumber(row.held) },
    {
      id: "attempts",
      header: t`Most attempts`,
      align: "end",
      width: "130px",
      optional: true,
      cell: (row) => formatNumber(row.mostAttempts),
    },
    {
      id: "state",
      header: <span className={styles.gap}>{t`State`}</span>,
      width: "280px",
      optional: true,
      cell: (row) => (
        <span className={styles.gap}>
          <span className={queue.lines}>
            <Standing row={row} />
          </span>
        </span>
      ),
    },
    ...(canManage
      ? [
          {
            id: "act",
            header: <span className="visually-hidden">{t`Change`}</span>,
            align: "end" as const,
            width: "52px",
            cell: (row: DestinationRow) => row.domain !== ALL_SENDING && <PauseButton row={row} />,
          },
        ]
      : []),
  ];
  return (
    <div className={styles.part}>
      <div className={styles.tools}>
        <p className={styles.lead}>
          <Trans>Mail to a paused destination is accepted and waits until it is resumed.</Trans>
        </p>
        <span className={styles.space} />
        {canManage && (
          <Button icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Pause a destination…</Trans>
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ spoolDestinations, spoolPauses }) => {
          const rows = rowsOf(spoolDestinations ?? [], spoolPauses ?? []);
          if (rows.length === 0) {
            return <Empty icon={<MailCheck />} title={<Trans>No mail waits for a destination.</Trans>} />;
          }
          return (
            <Table caption={t`Destinations`} columns={columns} rows={rows} rowKey={({ domain }) => domain} />
          );
        }}
      </Loaded>
      {isAdding && <PauseDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

function Standing({ row: { pause, queued, nextAttemptAt } }: { row: DestinationRow }) {
  if (pause !== undefined) {
    const { actor } = pause;
    const when = relativeTime(pause.pausedAt);
    return (
      <>
        <State tone="danger">
          <Trans>Paused</Trans>
        </State>
        <span className={queue.line} title={fullTime(pause.pausedAt)}>
          <Trans>
            by {actor}, {when}
          </Trans>
        </span>
      </>
    );
  }
  if (queued === 0 || nextAttemptAt === null) return null;
  const when = relativeTime(nextAttemptAt);
  return (
    <time className={queue.line} dateTime={nextAttemptAt} title={fullTime(nextAttemptAt)}>
      {new Date(nextAttemptAt) > new Date() ? (
        <Trans>next attempt {when}</Trans>
      ) : (
        <Trans>attempted now</Trans>
      )}
    </time>
  );
}

function PauseButton({ row: { domain, pause } }: { row: DestinationRow }) {
  const { t } = useLingui();
  const { act, isPending } = useAct();
  const isPaused = pause !== undefined;

  async function toggle() {
    let failure = "";
    await act(async () => {
      try {
        if (isPaused) await request(ResumeSendingMutation, { domain });
        else await request(PauseSendingMutation, { domain });
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
    });
    if (failure !== "") toast({ text: failure, tone: "danger" });
    else toast({ text: isPaused ? t`Sending to ${domain} goes on` : t`Sending to ${domain} is paused` });
  }
  return (
    <IconButton
      label={isPaused ? t`Resume ${domain}` : t`Pause ${domain}`}
      disabled={isPending}
      onClick={() => void toggle()}
    >
      {isPaused ? <CirclePlay /> : <CirclePause />}
    </IconButton>
  );
}
