/** One message of the queue: where it came from, and how it stands with each recipient. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { answerOf } from "@/deliveries";
import { formatBytes } from "@/lib/bytes";
import { fullTime, relativeTime } from "@/lib/dates";
import { formatNumber } from "@/lib/numbers";
import { type Column, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { AdminLink } from "../shared/AdminLink";
import { Missing } from "../shared/Missing";
import { PageHead } from "../shared/PageHead";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type QueuedMessage, QueuedMessageQuery, type QueuedRecipient } from "./documents";
import queue from "./Queue.module.css";
import { QueueActs } from "./QueueActs";
import { Stand } from "./Stand";
import { standOf } from "./states";
import { Traces } from "./Traces";

const EVERY_MS = 5_000;

export function QueuedMessagePage({ id }: { id: string }) {
  const { t } = useLingui();
  const query = useAdminQuery("queued", QueuedMessageQuery, { id }, EVERY_MS);
  return (
    <Loaded isPage query={query}>
      {({ spoolMessage: message }) =>
        message === null ? (
          <Missing title={t`There is no such message`} action={<Back />} />
        ) : (
          <MessageView message={message} />
        )
      }
    </Loaded>
  );
}

function Back() {
  return (
    <AdminLink isBack to="queue" className={styles.back}>
      <ChevronLeft aria-hidden="true" />
      <Trans>Queue</Trans>
    </AdminLink>
  );
}

function MessageView({ message }: { message: QueuedMessage }) {
  const { t } = useLingui();
  const hidden = message.recipientCount - message.recipients.length;
  const more = formatNumber(hidden);
  return (
    <>
      <PageHead title={message.subject.trim() || t`(no subject)`} back={<Back />}>
        {message.openCount > 0 && <QueueActs messages={[message]} />}
      </PageHead>
      <dl className={queue.facts}>
        <Fact label={t`From`}>{message.sender || t`Delivery report`}</Fact>
        <Fact label={t`Accepted`}>{fullTime(message.createdAt)}</Fact>
        {message.finishedAt !== null && <Fact label={t`Finished`}>{fullTime(message.finishedAt)}</Fact>}
        <Fact label={t`Received from`}>{sourceOf(message) || t`this server`}</Fact>
        <PriorityFact message={message} />
        <Fact label={t`Size`}>{formatBytes(message.sizeBytes)}</Fact>
        {message.messageId !== "" && (
          <Fact label={t`Message-ID`} isLong>
            <code className={styles.code}>{message.messageId}</code>
          </Fact>
        )}
      </dl>
      <h2 className={styles.subtitle}>
        <Trans>Recipients</Trans>
      </h2>
      <RecipientTable recipients={message.recipients} />
      {hidden > 0 && (
        <p className={styles.note}>
          <Trans>and {more} more</Trans>
        </p>
      )}
      <Traces recipients={message.recipients} />
    </>
  );
}

/** Where it is not that of most messages. */
function PriorityFact({ message: { openCount, recipients } }: { message: QueuedMessage }) {
  const { t } = useLingui();
  const priority = recipients[0]?.priority ?? 0;
  if (openCount === 0 || priority === 0) return null;
  return <Fact label={t`Priority`}>{priority > 0 ? t`Before the others` : t`Behind the others`}</Fact>;
}

function sourceOf({ helo, remoteAddress, protocol }: QueuedMessage): string {
  const address = remoteAddress && `[${remoteAddress}]`;
  const host = new Set([helo, address].filter(Boolean));
  return [[...host].join(" "), protocol].filter(Boolean).join(", ");
}

function Fact({ label, isLong, children }: { label: string; isLong?: boolean; children: ReactNode }) {
  return (
    <div className={queue.fact} data-long={isLong || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RecipientTable({ recipients }: { recipients: readonly QueuedRecipient[] }) {
  const { t } = useLingui();
  const columns: Column<QueuedRecipient>[] = [
    {
      id: "address",
      header: t`Recipient`,
      isRowHeader: true,
      cell: (recipient) => (
        <span className={queue.lines}>
          <span className={queue.address}>{recipient.address}</span>
          <Via address={recipient.via} />
          <Detour recipient={recipient} />
          <span className={queue.narrow}>
            <Stand stand={standOf(recipient)} />
            <When recipient={recipient} />
            <span className={queue.line}>{lastAnswer(recipient)}</span>
          </span>
        </span>
      ),
    },
    {
      id: "state",
      header: t`State`,
      width: "190px",
      optional: true,
      cell: (recipient) => (
        <span className={queue.lines}>
          <Stand stand={standOf(recipient)} />
          <When recipient={recipient} />
        </span>
      ),
    },
    {
      id: "attempts",
      header: t`Attempts`,
      width: "84px",
      align: "end",
      optional: true,
      cell: ({ attempts }) => formatNumber(attempts),
    },
    {
      id: "answer",
      header: <span className={styles.gap}>{t`Last answer`}</span>,
      width: "42%",
      optional: true,
      cell: (recipient) => <span className={queue.answer}>{lastAnswer(recipient)}</span>,
    },
  ];
  return <Table caption={t`Recipients`} columns={columns} rows={recipients} rowKey={({ id }) => id} />;
}

/** The alias by which it was reached. */
function Via({ address }: { address: string }) {
  if (address === "") return null;
  return (
    <span className={queue.line}>
      <Trans>by way of {address}</Trans>
    </span>
  );
}

/** Where an administrator sent it instead, and to whom it was addressed before. */
function Detour({ recipient: { route, named } }: { recipient: QueuedRecipient }) {
  const [first = ""] = route.split(" ");
  const isGateway = first === "gateway";
  return (
    <>
      {named !== "" && (
        <span className={queue.line}>
          <Trans>instead of {named}</Trans>
        </span>
      )}
      {route !== "" && (
        <span className={queue.line}>
          {isGateway ? <Trans>rerouted by a gateway</Trans> : <Trans>rerouted to {first}</Trans>}
        </span>
      )}
    </>
  );
}

/** When it goes on, or when it was last tried. */
function When({ recipient: { nextAttemptAt, lastAttemptAt } }: { recipient: QueuedRecipient }) {
  const at = nextAttemptAt ?? lastAttemptAt;
  if (at === null) return null;
  const when = relativeTime(at);
  return (
    <time className={queue.line} dateTime={at} title={fullTime(at)}>
      {nextAttemptAt === null ? <Trans>attempted {when}</Trans> : <Trans>next attempt {when}</Trans>}
    </time>
  );
}

function lastAnswer({ lastHost, lastReply, lastStatus }: QueuedRecipient): string {
  return [lastHost, answerOf(lastReply, lastStatus)].filter(Boolean).join(": ");
}
