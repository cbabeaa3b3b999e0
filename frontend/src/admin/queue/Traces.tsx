/** What happened to each recipient, attempt by attempt. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { fullTime } from "@/lib/dates";
import styles from "../Admin.module.css";
import type { SpoolEvent, TracedRecipient } from "./documents";
import queue from "./Queue.module.css";
import { answerOf, hasAnswered, isReport, securityOf } from "./trace";

/** So few are shown open. */
const FEW = 3;

export function Traces({ recipients }: { recipients: readonly TracedRecipient[] }) {
  const traced = recipients.filter(({ trace }) => trace.length > 0);
  if (traced.length === 0) return null;
  return (
    <section className={queue.traces}>
      <h2 className={styles.subtitle}>
        <Trans>What happened</Trans>
      </h2>
      {traced.map(({ id, address, trace }) => (
        <details key={id} className={queue.trace} open={traced.length <= FEW}>
          <summary className={queue.summary}>
            <ChevronRight aria-hidden="true" />
            <span className={queue.address}>{address}</span>
            <span className={queue.entries}>
              <Plural value={trace.length} one="# entry" other="# entries" />
            </span>
          </summary>
          <ol className={queue.events} aria-label={address}>
            {trace.map((event) => (
              <Entry key={`${event.at} ${event.event} ${event.host} ${event.nextAttemptAt}`} event={event} />
            ))}
          </ol>
        </details>
      ))}
    </section>
  );
}

const tones: Record<SpoolEvent["event"], "ok" | "danger" | "plain"> = {
  DELIVERED: "ok",
  DEFERRED: "plain",
  FAILED: "danger",
  DROPPED: "plain",
  EXPANDED: "plain",
  BOUNCED: "danger",
  DELAYED: "plain",
  CONFIRMED: "ok",
  RELAYED: "plain",
};

function Entry({ event }: { event: SpoolEvent }) {
  const answer = answerOf(event.reply, event.status);
  const next = event.nextAttemptAt;
  const at = next === null ? "" : fullTime(next);
  return (
    <li className={queue.event} data-tone={tones[event.event]}>
      <time className={queue.eventAt} dateTime={event.at}>
        {fullTime(event.at)}
      </time>
      <div className={queue.eventBody}>
        <p className={queue.eventTitle}>
          <Happened event={event} />
        </p>
        {answer !== "" && <p className={queue.reply}>{answer}</p>}
        <p className={queue.aside}>
          {isReport(event.event) ? event.isClaim && <Trans>Not verified</Trans> : <Secured event={event} />}
          {next !== null && (
            <time dateTime={next}>
              <Trans>Next attempt set for {at}</Trans>
            </time>
          )}
        </p>
      </div>
    </li>
  );
}

function Happened({ event }: { event: SpoolEvent }) {
  const { host } = event;
  const isAnswer = hasAnswered(event);
  switch (event.event) {
    case "DELIVERED":
      return host === "" ? <Trans>Put into the mailbox here</Trans> : <Trans>Delivered to {host}</Trans>;
    case "DEFERRED":
      if (isAnswer) return <Trans>Put off by {host}</Trans>;
      return host === "" ? (
        <Trans>Could not be delivered yet</Trans>
      ) : (
        <Trans>No delivery at {host} yet</Trans>
      );
    case "FAILED":
      if (isAnswer && event.reply.startsWith("5")) return <Trans>Refused by {host}</Trans>;
      return host === "" ? <Trans>Given up</Trans> : <Trans>Given up, after {host} was tried</Trans>;
    case "DROPPED":
      return <Trans>Dropped</Trans>;
    case "EXPANDED":
      return <Trans>Passed on to the addresses this one stands for</Trans>;
    case "BOUNCED":
      return <Trans>Reported as undeliverable by {host}</Trans>;
    case "DELAYED":
      return <Trans>Reported as delayed by {host}</Trans>;
    case "CONFIRMED":
      return <Trans>Reported as delivered by {host}</Trans>;
    case "RELAYED":
      return <Trans>Reported as passed on by {host}</Trans>;
  }
}

/** Nothing where no conversation took place that could have been secured. */
function Secured({ event }: { event: SpoolEvent }) {
  const { t } = useLingui();
  const security = securityOf(event.tls);
  if (security === null) return hasAnswered(event) ? <span>{t`Connection not encrypted`}</span> : null;
  const { version, by } = security;
  if (!security.isVerified) return <span>{t`Encrypted with ${version}, host not verified`}</span>;
  return (
    <span>
      {by === ""
        ? t`Encrypted with ${version}, host verified`
        : t`Encrypted with ${version}, host verified by ${by}`}
    </span>
  );
}
