/** Messages from and to a domain, for those who look after it; never what is in them. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Button, Field, Select, toast } from "@/ui";
import styles from "./Deliveries.module.css";
import { DeliveryList } from "./DeliveryList";
import { startOfDay, startOfNextDay } from "./days";
import { type Delivery, DomainDeliveriesQuery, DomainDeliveryQuery } from "./documents";
import { Recipients } from "./Recipients";
import type { Standing } from "./standing";
import { useDeliveries } from "./useDeliveries";

export function DomainDeliveries({ domainId }: { domainId: string }) {
  const { t } = useLingui();
  const [state, setState] = useState<Standing>();
  const [days, setDays] = useState({ from: "", to: "" });
  const [since, until] = [startOfDay(days.from), startOfNextDay(days.to)];
  const deliveries = useDeliveries([domainId, state, since, until], async (asked, signal) => {
    const variables = { domainId, ...asked, state: state ?? null, since, until };
    return (await request(DomainDeliveriesQuery, variables, { signal })).found;
  });
  const states: { value: Standing | ""; label: string }[] = [
    { value: "", label: t`Any state` },
    { value: "WAITING", label: t`Waiting` },
    { value: "FAILED", label: t`Failed` },
    { value: "DELIVERED", label: t`Delivered` },
    { value: "STOPPED", label: t`Stopped` },
    { value: "REFUSED", label: t`Refused` },
  ];
  return (
    <div className={styles.part}>
      <p className={styles.lead}>
        <Trans>
          What became of mail from and to this domain in the last 30 days, and what was refused. What it says
          is not shown.
        </Trans>
      </p>
      <search className={styles.tools}>
        <Field
          label={t`Sender or recipient`}
          hideLabel
          type="search"
          placeholder={t`Sender or recipient`}
          size={1}
          className={styles.search}
          autoCapitalize="none"
          spellCheck={false}
          value={deliveries.text}
          onChange={(event) => deliveries.setText(event.target.value)}
        />
        <Select
          label={t`State`}
          hideLabel
          className={styles.state}
          options={states}
          value={state ?? ""}
          onChange={(value) => setState(states.find((one) => one.value === value)?.value || undefined)}
        />
        <Field
          label={t`From day`}
          hideLabel
          type="date"
          className={styles.day}
          max={days.to || undefined}
          value={days.from}
          onChange={(event) => setDays({ ...days, from: event.target.value })}
        />
        <span aria-hidden="true">–</span>
        <Field
          label={t`To day`}
          hideLabel
          type="date"
          className={styles.day}
          min={days.from || undefined}
          value={days.to}
          onChange={(event) => setDays({ ...days, to: event.target.value })}
        />
      </search>
      <DeliveryList
        label={t`Messages`}
        deliveries={deliveries}
        whose="domain"
        more={(delivery) => <Others domainId={domainId} delivery={delivery} />}
        empty={<Trans>No such message came or went in the last 30 days.</Trans>}
      />
    </div>
  );
}

/** The recipients that the list left out, once they are asked for. */
function Others({ domainId, delivery }: { domainId: string; delivery: Delivery }) {
  const [others, setOthers] = useState<Delivery["recipients"]>();
  const [isPending, setPending] = useState(false);
  const known = new Set(delivery.recipients.map(({ id }) => id));
  const count = delivery.recipientCount - delivery.recipients.length;
  if (others !== undefined) return <Recipients recipients={others.filter(({ id }) => !known.has(id))} />;
  if (count <= 0) return null;

  async function show() {
    setPending(true);
    try {
      const { found } = await request(DomainDeliveryQuery, { domainId, id: delivery.id });
      setOthers(found?.recipients ?? []);
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
    } finally {
      setPending(false);
    }
  }
  return (
    <Button size="s" pending={isPending} onClick={() => void show()}>
      <Plural value={count} one="Show # more recipient" other="Show # more recipients" />
    </Button>
  );
}
