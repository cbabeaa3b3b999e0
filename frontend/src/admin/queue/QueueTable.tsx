/** Messages of the queue, some of them chosen. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { fullTime, relativeTime } from "@/lib/dates";
import { Checkbox, type Column, Table } from "@/ui";
import { AdminLink } from "../shared/AdminLink";
import type { QueuedRow } from "./documents";
import styles from "./Queue.module.css";
import { Stand } from "./Stand";
import { lastReplyOf, nextAttempt, standOfMessage } from "./states";

export type QueueTableProps = {
  rows: readonly QueuedRow[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: ReadonlySet<string>) => void;
  empty: ReactNode;
};

export function QueueTable({ rows, chosen, onChoose, empty }: QueueTableProps) {
  const { t } = useLingui();
  const areAllChosen = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  const columns: Column<QueuedRow>[] = [
    {
      id: "choose",
      width: "34px",
      header: (
        <Checkbox
          label={t`Choose all`}
          hideLabel
          checked={areAllChosen}
          disabled={rows.length === 0}
          onChange={(isChosen) => onChoose(new Set(isChosen ? rows.map(({ id }) => id) : []))}
        />
      ),
      cell: (message) => (
        <Checkbox
          label={t`Choose ${subjectOf(message) || t`(no subject)`}`}
          hideLabel
          checked={chosen.has(message.id)}
          onChange={() => {
            const next = new Set(chosen);
            if (!next.delete(message.id)) next.add(message.id);
            onChoose(next);
          }}
        />
      ),
    },
    {
      id: "message",
      header: t`Message`,
      isRowHeader: true,
      cell: (message) => (
        <span className={styles.lines}>
          <AdminLink to={`queue/${message.id}`} className={styles.subject}>
            {subjectOf(message) || <Trans>(no subject)</Trans>}
          </AdminLink>
          <span className={styles.line}>{message.sender || <Trans>Delivery report</Trans>}</span>
          <span className={styles.narrow}>
            <Progress message={message} />
          </span>
        </span>
      ),
    },
    { id: "to", header: t`To`, optional: true, cell: (message) => <Recipients message={message} /> },
    {
      id: "state",
      header: t`State`,
      width: "230px",
      optional: true,
      cell: (message) => (
        <span className={styles.lines}>
          <Progress message={message} />
        </span>
      ),
    },
    {
      id: "age",
      header: t`Accepted`,
      width: "130px",
      align: "end",
      optional: true,
      cell: (message) => (
        <time dateTime={message.createdAt} title={fullTime(message.createdAt)} className={styles.when}>
          {relativeTime(message.createdAt)}
        </time>
      ),
    },
  ];
  return (
    <Table
      caption={t`Messages in the queue`}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
    />
  );
}

function subjectOf({ subject }: QueuedRow): string {
  return subject.trim();
}

function Recipients({ message }: { message: QueuedRow }) {
  const [first] = message.recipients;
  const others = message.recipientCount - 1;
  return (
    <span className={styles.lines}>
      <span className={styles.address}>{first?.address}</span>
      {others > 0 && (
        <span className={styles.line}>
          <Plural value={others} one="and # other" other="and # others" />
        </span>
      )}
    </span>
  );
}

function Progress({ message }: { message: QueuedRow }) {
  const stand = standOfMessage(message);
  const next = nextAttempt(message);
  const reply = lastReplyOf(message);
  const when = next === null ? "" : relativeTime(next);
  return (
    <>
      {stand !== undefined && <Stand stand={stand} />}
      {next !== null && new Date(next) > new Date() ? (
        <span className={styles.line} title={reply}>
          <Trans>next attempt {when}</Trans>
        </span>
      ) : (
        reply !== "" && (
          <span className={styles.line} title={reply}>
            {reply}
          </span>
        )
      )}
    </>
  );
}
