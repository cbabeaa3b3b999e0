/** The user's own mail on its way: what was sent, and what was accepted from others, or was not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { request } from "@/api";
import { Tabs } from "@/ui";
import styles from "./Deliveries.module.css";
import { DeliveryList } from "./DeliveryList";
import { IncomingDeliveriesQuery, SentDeliveriesQuery } from "./documents";
import { Search } from "./Search";
import { useDeliveries } from "./useDeliveries";

export type Direction = "sent" | "incoming";
export type OwnDeliveriesProps = { direction: Direction; onDirection: (next: Direction) => void };

export function OwnDeliveries({ direction, onDirection }: OwnDeliveriesProps) {
  const { t } = useLingui();
  return (
    <Tabs
      label={t`Which way`}
      selected={direction}
      onSelect={(id) => onDirection(id === "incoming" ? "incoming" : "sent")}
      tabs={[
        { id: "sent", label: t`Sent by me`, content: <Sent /> },
        { id: "incoming", label: t`Sent to me`, content: <Incoming /> },
      ]}
    />
  );
}

function Sent() {
  const { t } = useLingui();
  const deliveries = useDeliveries(
    ["sent"],
    async (asked, signal) => (await request(SentDeliveriesQuery, asked, { signal })).found,
  );
  return (
    <div className={styles.part}>
      <Search label={t`Recipient or subject`} deliveries={deliveries} />
      <DeliveryList
        label={t`Sent by me`}
        deliveries={deliveries}
        whose="sender"
        empty={<Trans>You sent no such message in the last 30 days.</Trans>}
      />
    </div>
  );
}

function Incoming() {
  const { t } = useLingui();
  const deliveries = useDeliveries(
    ["incoming"],
    async (asked, signal) => (await request(IncomingDeliveriesQuery, asked, { signal })).found,
  );
  return (
    <div className={styles.part}>
      <Search label={t`Address of the sender`} deliveries={deliveries} />
      <DeliveryList
        label={t`Sent to me`}
        deliveries={deliveries}
        whose="recipient"
        empty={
          <Trans>
            Nothing like it was accepted or refused for you in the last 30 days. If somebody says they wrote,
            ask them for the exact address they wrote to and for any error their mail program showed.
          </Trans>
        }
      />
    </div>
  );
}
