/** What became of a message for one recipient: in a sentence, in the other server's words, and step by step. */
import { Plural, Trans } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { fullTime, relativeTime } from "@/lib/dates";
import styles from "./Deliveries.module.css";
import type { Recipient } from "./documents";
import { StandingWord } from "./StandingWord";
import { Steps } from "./Steps";
import { cameBack, standOf } from "./standing";
import { useAddressed } from "./useAddressed";
import { useReason } from "./useReason";
import { useRefusal } from "./useRefusal";

export function RecipientLine({ recipient }: { recipient: Recipient }) {
  const { address, via, lastReply, trace } = recipient;
  const state = standOf(recipient);
  const words = cameBack(recipient)?.reply ?? lastReply;
  const addressed = useAddressed();
  const isTrouble =
    state === "FAILED" || state === "REFUSED" || (state === "WAITING" && recipient.attempts > 0);
  return (
    <li className={styles.recipient}>
      <div className={styles.recipientHead}>
        <span className={styles.address}>{addressed(address)}</span>
        <StandingWord standing={state} />
      </div>
      {via !== "" && (
        <p className={styles.aside}>
          <Trans>behind {via}</Trans>
        </p>
      )}
      <p className={styles.sentence}>
        <Sentence recipient={recipient} />
      </p>
      {isTrouble && words !== "" && (
        <blockquote className={styles.words}>
          <span className="visually-hidden">
            <Trans>In their words:</Trans>{" "}
          </span>
          {words}
        </blockquote>
      )}
      {trace.length > 0 && (
        <details className={styles.steps}>
          <summary className={styles.stepsSummary}>
            <ChevronRight aria-hidden="true" />
            <Plural value={trace.length} one="# step" other="# steps" />
          </summary>
          <Steps address={address} trace={trace} />
        </details>
      )}
    </li>
  );
}

function Sentence({ recipient }: { recipient: Recipient }) {
  const reasonFor = useReason();
  const refusalFor = useRefusal();
  const { isGroup, isHeld, attempts, nextAttemptAt, lastAttemptAt, lastStatus, trace } = recipient;
  const state = standOf(recipient);
  const report = cameBack(recipient);
  const host = trace.findLast(({ event }) => event === "DELIVERED")?.host ?? "";
  const at = lastAttemptAt === null ? "" : fullTime(lastAttemptAt);
  const reason = reasonFor(lastStatus);
  if (state === "DELIVERED") {
    if (isGroup) return <Trans>Passed on to the people behind this address.</Trans>;
    return host === "" ? (
      <Trans>Put into the mailbox here, {at}.</Trans>
    ) : (
      <Trans>
        Accepted by {host}, {at}.
      </Trans>
    );
  }
  if (state === "REFUSED") {
    const why = refusalFor(lastStatus);
    return lastStatus.startsWith("4") ? (
      <Trans>{why}. It was not accepted; the sender's server may try again.</Trans>
    ) : (
      <Trans>{why}. It was not accepted, and the sender was told so.</Trans>
    );
  }
  if (state === "FAILED") {
    if (report !== undefined) {
      const [why, when] = [reasonFor(report.status), fullTime(report.at)];
      return (
        <Trans>
          {why}. Their server took it first and sent it back, {when}.
        </Trans>
      );
    }
    if (isGroup) return <Trans>It reached nobody behind this address.</Trans>;
    return <Trans>{reason}. It is not tried any more.</Trans>;
  }
  if (state === "STOPPED") return <Trans>Taken back, or stopped by an administrator.</Trans>;
  if (isGroup) return <Trans>On its way to the people behind this address.</Trans>;
  if (isHeld) return <Trans>Held by an administrator.</Trans>;
  if (nextAttemptAt === null || new Date(nextAttemptAt) <= new Date())
    return <Trans>It is being delivered now.</Trans>;
  const [next, when] = [relativeTime(nextAttemptAt), fullTime(nextAttemptAt)];
  return attempts === 0 ? (
    <Trans>
      Leaves {next} ({when}).
    </Trans>
  ) : (
    <Trans>
      {reason}. Next attempt {next} ({when}).
    </Trans>
  );
}
