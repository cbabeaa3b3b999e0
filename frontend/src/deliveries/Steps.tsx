/** What happened to a recipient from acceptance on, step by step, oldest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { fullTime } from "@/lib/dates";
import { Checks } from "./Checks";
import styles from "./Steps.module.css";
import { answerOf, hasAnswered, isReport, securityOf, type TraceStep } from "./trace";

export function Steps({ address, trace }: { address: string; trace: readonly TraceStep[] }) {
  return (
    <ol className={styles.events} aria-label={address}>
      {trace.map((event) => (
        <Entry key={`${event.at} ${event.event} ${event.host} ${event.nextAttemptAt}`} event={event} />
      ))}
    </ol>
  );
}

const tones: Record<TraceStep["event"], "ok" | "danger" | "plain"> = {
  ACCEPTED: "plain",
  DELIVERED: "ok",
  DEFERRED: "plain",
  FAILED: "danger",
  DROPPED: "plain",
  EXPANDED: "plain",
  REROUTED: "plain",
  VERIFIED: "plain",
  BOUNCED: "danger",
  DELAYED: "plain",
  CONFIRMED: "ok",
  RELAYED: "plain",
};

function Entry({ event }: { event: TraceStep }) {
  const isTold = event.event === "REROUTED" || event.event === "ACCEPTED";
  const answer = isTold ? "" : answerOf(event.reply, event.status);
  const next = event.nextAttemptAt;
  const at = next === null ? "" : fullTime(next);
  return (
    <li className={styles.event} data-tone={tones[event.event]}>
      <time className={styles.eventAt} dateTime={event.at}>
        {fullTime(event.at)}
      </time>
      <div className={styles.eventBody}>
        <p className={styles.eventTitle}>
          <Happened event={event} />
        </p>
        {answer !== "" && <p className={styles.reply}>{answer}</p>}
        <Checks checks={event.checks} />
        <p className={styles.aside}>
          {event.source !== "" && <LeftBy source={event.source} />}
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

function Happened({ event }: { event: TraceStep }) {
  const { host } = event;
  const isAnswer = hasAnswered(event);
  switch (event.event) {
    case "ACCEPTED":
      return <Accepted host={host} protocol={event.reply} />;
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
    case "REROUTED":
      if (event.reply !== "") return <Trans>Sent to another address by an administrator</Trans>;
      return host === "" ? <Trans>Back on the usual way</Trans> : <Trans>Rerouted to {host}</Trans>;
    case "VERIFIED":
      return <Trans>Looked into where it came from</Trans>;
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

function Accepted({ host, protocol }: { host: string; protocol: string }) {
  if (host === "") return <Trans>Accepted</Trans>;
  return (
    <Trans>
      Accepted from {host} by {protocol}
    </Trans>
  );
}

/** The address of ours that it left by, where a setting lays it down. */
function LeftBy({ source }: { source: string }) {
  return (
    <span>
      <Trans>Left by {source}</Trans>
    </span>
  );
}

/** Nothing where no conversation took place that could have been secured. */
function Secured({ event }: { event: TraceStep }) {
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
