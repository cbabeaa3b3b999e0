/** What the server has refused, whoever it was for; for those who look after the server. */
import { Trans, useLingui } from "@lingui/react/macro";
import { request } from "@/api";
import styles from "./Deliveries.module.css";
import { DeliveryList } from "./DeliveryList";
import { RefusedMailQuery } from "./documents";
import { Search } from "./Search";
import { useDeliveries } from "./useDeliveries";

export function RefusedMail() {
  const { t } = useLingui();
  const deliveries = useDeliveries(
    ["refused"],
    async (asked, signal) => (await request(RefusedMailQuery, asked, { signal })).found,
  );
  return (
    <div className={styles.part}>
      <p className={styles.lead}>
        <Trans>
          Mail that was not accepted in the last 30 days: its sender was told so at once and still has it.
        </Trans>
      </p>
      <Search label={t`Sender or recipient`} deliveries={deliveries} />
      <DeliveryList
        label={t`Refused mail`}
        deliveries={deliveries}
        whose="domain"
        empty={<Trans>No such mail was refused in the last 30 days.</Trans>}
      />
    </div>
  );
}
