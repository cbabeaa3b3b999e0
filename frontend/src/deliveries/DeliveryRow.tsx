/** One message in a list: who, how it stands, when; opened it tells what became of each recipient. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatBytes } from "@/lib/bytes";
import { fullTime, listTime } from "@/lib/dates";
import { formatList } from "@/lib/numbers";
import { domainOfMany } from "./addressed";
import styles from "./Deliveries.module.css";
import type { Delivery } from "./documents";
import { Recipients } from "./Recipients";
import { StandingWord } from "./StandingWord";
import { standingOf } from "./standing";
import { useAddressed } from "./useAddressed";

/** So many recipients are named in a list. */
const NAMED = 2;

export type DeliveryRowProps = {
  delivery: Delivery;
  /** Whose list it is: of a domain both ends are named, else the other one. */
  whose: "domain" | "sender" | "recipient";
  /** Below the first recipients, where there are more. */
  more?: (delivery: Delivery) => ReactNode;
};

export function DeliveryRow({ delivery, whose, more }: DeliveryRowProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const { isOutgoing, subject, at } = delivery;
  const standing = standingOf(delivery);
  return (
    <li className={styles.item}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.row}>
          <span className={styles.direction} data-tip={isOutgoing ? t`Outgoing` : t`Incoming`}>
            {isOutgoing ? <ArrowUpRight aria-hidden="true" /> : <ArrowDownLeft aria-hidden="true" />}
            <span className="visually-hidden">{isOutgoing ? t`Outgoing` : t`Incoming`}</span>
          </span>
          <span className={styles.who}>
            <span className={styles.names}>
              <Who delivery={delivery} whose={whose} />
            </span>
            {subject !== "" && <span className={styles.subject}>{subject}</span>}
          </span>
          <span className={styles.stand}>
            {standing !== undefined && <StandingWord standing={standing} />}
          </span>
          <time className={styles.when} dateTime={at} title={fullTime(at)}>
            {listTime(at)}
          </time>
        </summary>
        {isOpen && (
          <div className={styles.detail}>
            <Facts delivery={delivery} />
            <Recipients recipients={delivery.recipients} />
            {more?.(delivery)}
          </div>
        )}
      </details>
    </li>
  );
}

function Who({ delivery, whose }: Pick<DeliveryRowProps, "delivery" | "whose">) {
  const { t } = useLingui();
  const addressed = useAddressed();
  const several = delivery.recipients.some(({ address }) => domainOfMany(address) !== undefined);
  const nameless = several ? t`several senders` : t`a delivery report`;
  const sender = delivery.sender === "" ? nameless : delivery.sender;
  const named = delivery.recipients.slice(0, NAMED).map(({ address }) => addressed(address));
  const others = delivery.recipientCount - named.length;
  const to = formatList(others > 0 ? [...named, t`${others} more`] : named);
  if (whose === "sender") return to;
  if (whose === "recipient") return sender;
  return (
    <Trans>
      {sender} <span className={styles.to}>to</span> {to}
    </Trans>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { at, remoteAddress, helo, protocol, sizeBytes, times } = delivery;
  const [when, size] = [fullTime(at), formatBytes(sizeBytes)];
  const isNamed = helo !== "" && !helo.includes(remoteAddress);
  const host = isNamed ? `${helo} [${remoteAddress}]` : remoteAddress;
  if (standingOf(delivery) === "REFUSED") {
    return (
      <p className={styles.facts}>
        <Trans>
          Refused {when}, from {host} by {protocol}
        </Trans>
        {times > 1 && (
          <>
            {", "}
            <Plural value={times} one="# time" other="# times" />
          </>
        )}
      </p>
    );
  }
  return (
    <p className={styles.facts}>
      {remoteAddress === "" ? (
        <Trans>
          Accepted {when}, {size}
        </Trans>
      ) : (
        <Trans>
          Accepted {when} from {host} by {protocol}, {size}
        </Trans>
      )}
    </p>
  );
}
