/** Who vouches for a message, what each check found, and the hosts it came over, in words. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Lock, LockOpen } from "lucide-react";
import type { MessageOriginQuery } from "@/api";
import { fullTime } from "@/lib/dates";
import { State } from "@/ui";
import styles from "./Origin.module.css";
import { Reason } from "./Reason";

type Origin = NonNullable<MessageOriginQuery["message"]>["origin"];
type Check = Origin["checks"][number];
type Hop = Origin["path"][number];

export function OriginWords({ origin, messageId }: { origin: Origin; messageId: string }) {
  const { t } = useLingui();
  return (
    <div className={styles.words}>
      <section aria-label={t`Who vouches for it`}>
        <h3>
          <Trans>Who vouches for it</Trans>
        </h3>
        <div className={styles.reason}>
          <Reason origin={origin} />
        </div>
        {origin.checks.length > 0 && (
          <ul className={styles.checks} aria-label={t`Checks`}>
            {origin.checks.map((check, at) => (
              <li key={at}>
                <State tone={toneOf(check)}>{check.method.toUpperCase()}</State>
                <span>
                  <CheckWords check={check} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t`The way it took`}>
        <h3>
          <Trans>The way it took</Trans>
        </h3>
        {origin.path.length === 0 ? (
          <p>
            <Trans>It names no hosts: it was written or put here.</Trans>
          </p>
        ) : (
          <ol className={styles.path}>
            {origin.path.map((hop, at) => (
              <HopWords key={at} hop={hop} />
            ))}
          </ol>
        )}
        {origin.path.length > 1 && (
          <p className={styles.fine}>
            <Trans>Only the last step is our own word; each earlier one is what that host wrote.</Trans>
          </p>
        )}
      </section>
      <dl className={styles.facts}>
        {origin.returnPath !== "" && <Fact label={t`Bounces go to`} value={origin.returnPath} />}
        {origin.listId !== "" && <Fact label={t`Mailing list`} value={origin.listId} />}
        {messageId !== "" && <Fact label={t`Message-ID`} value={messageId} />}
      </dl>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function toneOf({ result }: Check): "ok" | "danger" | "plain" {
  if (result === "pass") return "ok";
  return ["fail", "hardfail", "permerror", "policy"].includes(result) ? "danger" : "plain";
}

function CheckWords({ check: { method, result, domain, reason } }: { check: Check }) {
  const who = domain || "?";
  const why = reason === "" ? "" : ` (${reason})`;
  switch (`${method} ${result}`) {
    case "dkim pass":
      return <Trans>The signature of {who} holds: the message is as it was signed.</Trans>;
    case "dkim none":
      return <Trans>Nobody signed the message.</Trans>;
    case "dkim fail":
      return (
        <Trans>
          The signature of {who} does not hold: the message was changed, or it is not theirs{why}.
        </Trans>
      );
    case "spf pass":
      return <Trans>The sending host may send for {who}.</Trans>;
    case "spf fail":
      return <Trans>{who} says that the sending host may not send for it.</Trans>;
    case "spf softfail":
      return <Trans>{who} does not expect mail from the sending host, but forbids it not.</Trans>;
    case "spf none":
    case "spf neutral":
      return <Trans>{who} does not say which hosts send for it.</Trans>;
    case "dmarc pass":
      return <Trans>The message is what {who} asks its mail to be.</Trans>;
    case "dmarc fail":
      return <Trans>The message is not what {who} asks its mail to be.</Trans>;
    case "dmarc none":
      return <Trans>{who} does not say how its mail is to be recognised.</Trans>;
    case "arc pass":
      return <Trans>Each host that passed it on has sealed what it found.</Trans>;
    case "arc none":
      return <Trans>No host on the way sealed what it found.</Trans>;
    default:
      return (
        <Trans>
          For {who} the check says “{result}”{why}.
        </Trans>
      );
  }
}

function HopWords({ hop }: { hop: Hop }) {
  const from = hop.fromName || hop.fromAddress;
  const isSecret = hop.isEncrypted;
  return (
    <li>
      <p>
        {from === "" ? (
          <Trans>
            <b>{hop.by || "?"}</b> began
          </Trans>
        ) : (
          <Trans>
            from <b>{from}</b> to <b>{hop.by || "?"}</b>
          </Trans>
        )}
      </p>
      <p className={styles.fine}>
        {isSecret ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
        {isSecret ? <Trans>encrypted {hop.tls}</Trans> : <Trans>not encrypted, as far as it says</Trans>}
        {hop.at !== null && ` · ${fullTime(hop.at)}`}
        {hop.delaySeconds !== null && (
          <>
            {" · "}
            <Delay seconds={hop.delaySeconds} />
          </>
        )}
        {hop.fromAddress !== "" && hop.fromAddress !== from && ` · ${hop.fromAddress}`}
      </p>
    </li>
  );
}

function Delay({ seconds }: { seconds: number }) {
  if (seconds < 0) return <Trans>a clock is wrong</Trans>;
  if (seconds < 60) return <Plural value={seconds} one="# second later" other="# seconds later" />;
  if (seconds < 7200)
    return <Plural value={Math.round(seconds / 60)} one="# minute later" other="# minutes later" />;
  return <Plural value={Math.round(seconds / 3600)} one="# hour later" other="# hours later" />;
}
