/** Another message of the conversation: one line, that opens in place. */
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { nameOf } from "@/lib/addresses";
import { listTime } from "@/lib/dates";
import { Avatar, Spinner, toast } from "@/ui";
import { mailStore, useDetail } from "../mailStore";
import { subjectOf } from "../names";
import type { Row } from "../store/types";
import { DeliveryReports } from "./DeliveryReports";
import { MessageBody } from "./MessageBody";
import { MessageHead } from "./MessageHead";
import styles from "./Reading.module.css";
import { SentDelivery } from "./SentDelivery";

export function ThreadMessage({ row }: { row: Row }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const detail = useDetail(row.id);

  function toggle() {
    setOpen(!isOpen);
    if (isOpen || detail !== undefined) return;
    mailStore.bodies.fetch(row.id).catch((error: unknown) => {
      setOpen(false);
      toast({
        text: error instanceof Error ? error.message : t`The message could not be loaded.`,
        tone: "danger",
      });
    });
  }

  return (
    <section className={styles.threadItem}>
      <h2>
        <button
          type="button"
          className={styles.threadLine}
          aria-expanded={isOpen}
          onClick={toggle}
          data-unread={!row.isSeen || undefined}
        >
          <Avatar name={nameOf(row.from)} address={row.from.address} size="s" />
          <span className={styles.threadName}>{nameOf(row.from)}</span>
          <span className={styles.threadText}>{row.preview || subjectOf(row)}</span>
          <time dateTime={row.receivedAt}>{listTime(row.receivedAt)}</time>
        </button>
      </h2>
      {isOpen && detail === undefined && (
        <div className={styles.waiting}>
          <Spinner label={t`Loading message`} />
        </div>
      )}
      {isOpen && detail !== undefined && (
        <>
          <MessageHead detail={detail} />
          <SentDelivery detail={detail} />
          <DeliveryReports reports={detail.deliveryReports} />
          <MessageBody detail={detail} />
        </>
      )}
    </section>
  );
}
