/** Who wrote to whom and when, and whether that is known; the full list of recipients is one press away. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { useViewer } from "@/app";
import { isSameAddress, nameOf, type Person } from "@/lib/addresses";
import { fullTime } from "@/lib/dates";
import { formatList, formatNumber } from "@/lib/numbers";
import { Avatar } from "@/ui";
import type { MessageDetail } from "../store/types";
import { MessageTags } from "../tags/MessageTags";
import styles from "./MessageHead.module.css";
import { SenderBadge } from "./SenderBadge";

const SHOWN = 3;
/** People that are listed at first, and with each further press. */
const LISTED = 30;
const MORE = 300;

export function MessageHead({ detail, menu }: { detail: MessageDetail; menu?: ReactNode }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const [isFull, setFull] = useState(false);
  const from = detail.from[0] ?? detail.row.from;
  const when = fullTime(detail.sentAt ?? detail.row.receivedAt);

  function names(people: readonly Person[]): string {
    const shown = people.slice(0, SHOWN).map((person) => (isMe(person) ? t`me` : nameOf(person)));
    const more = people.length - shown.length;
    return formatList(more > 0 ? [...shown, t`${more} more`] : shown);
  }
  function isMe(person: Person): boolean {
    return viewer.identities.some(
      ({ address, mode }) => mode === null && isSameAddress(address, person.address),
    );
  }

  return (
    <header className={styles.head}>
      <Avatar name={nameOf(from)} address={from.address} size="l" />
      <div>
        <div className={styles.from}>
          <span className={styles.fromName}>{nameOf(from)}</span>
          {from.name !== "" && <span className={styles.address}>{from.address}</span>}
          <SenderBadge origin={detail.origin} />
        </div>
        <button type="button" className={styles.to} aria-expanded={isFull} onClick={() => setFull(!isFull)}>
          {detail.to.length > 0 && <Trans>to {names(detail.to)}</Trans>}
          {detail.cc.length > 0 && (
            <>
              {" · "}
              <Trans>cc {names(detail.cc)}</Trans>
            </>
          )}
          {detail.to.length + detail.cc.length === 0 && <Trans>no recipients shown</Trans>}
        </button>
      </div>
      <div className={styles.aside}>
        <time className={styles.when} dateTime={detail.sentAt ?? detail.row.receivedAt}>
          {when}
        </time>
        {menu}
      </div>
      <MessageTags row={detail.row} />
      {isFull && (
        <dl className={styles.details}>
          <People label={t`From`} people={detail.from} />
          <People label={t`Reply to`} people={detail.replyTo} />
          <People label={t`To`} people={detail.to} />
          <People label={t`Cc`} people={detail.cc} />
          <People label={t`Bcc`} people={detail.bcc} />
        </dl>
      )}
    </header>
  );
}

function People({ label, people }: { label: string; people: readonly Person[] }) {
  const [most, setMost] = useState(LISTED);
  if (people.length === 0) return null;
  const rest = people.length - most;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {people.slice(0, most).map((person, at) => (
          <span key={`${at} ${person.address}`} className={styles.person}>
            {person.name} <span className={styles.address}>{person.address}</span>
          </span>
        ))}
        {rest > 0 && (
          <button type="button" className={styles.more} onClick={() => setMost(most + MORE)}>
            <Trans>and {formatNumber(rest)} more</Trans>
          </button>
        )}
      </dd>
    </div>
  );
}
