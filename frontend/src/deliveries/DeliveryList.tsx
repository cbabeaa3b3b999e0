/** A page of deliveries with the way to older ones; says how far it looked where it did not look at all. */
import { Trans, useLingui } from "@lingui/react/macro";
import { MailSearch } from "lucide-react";
import type { ReactNode } from "react";
import { fullTime } from "@/lib/dates";
import { Button, Empty, Spinner } from "@/ui";
import styles from "./Deliveries.module.css";
import { DeliveryRow, type DeliveryRowProps } from "./DeliveryRow";
import type { Deliveries } from "./useDeliveries";

export type DeliveryListProps = Omit<DeliveryRowProps, "delivery"> & {
  label: string;
  deliveries: Deliveries;
  /** What is to be known where nothing was found. */
  empty: ReactNode;
};

export function DeliveryList({ label, deliveries, empty, ...row }: DeliveryListProps) {
  const { t } = useLingui();
  const { query } = deliveries;
  if (query.data === undefined) {
    if (query.error === null)
      return (
        <div className={styles.waiting}>
          <Spinner label={t`Loading`} />
        </div>
      );
    return (
      <Empty
        title={query.error.message}
        action={
          <Button onClick={() => void query.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      />
    );
  }
  const rows = query.data?.edges ?? [];
  return (
    <div className={styles.list} aria-busy={query.isPlaceholderData || undefined}>
      {rows.length > 0 ? (
        <ul aria-label={label}>
          {rows.map(({ node }) => (
            <DeliveryRow key={node.id} delivery={node} {...row} />
          ))}
        </ul>
      ) : (
        <Empty icon={<MailSearch />} title={<Trans>Nothing found.</Trans>}>
          {query.data?.lookedBackTo == null ? empty : <LookedBack to={query.data.lookedBackTo} />}
        </Empty>
      )}
      <Pages deliveries={deliveries} hasRows={rows.length > 0} />
    </div>
  );
}

function LookedBack({ to }: { to: string }) {
  const when = fullTime(to);
  return <Trans>This search has looked back to {when}.</Trans>;
}

function Pages({ deliveries, hasRows }: { deliveries: Deliveries; hasRows: boolean }) {
  const { t } = useLingui();
  const { query, isFirst, older, newer } = deliveries;
  const cursor = query.data?.pageInfo.endCursor ?? null;
  const lookedBackTo = query.data?.lookedBackTo ?? null;
  if (isFirst && cursor === null) return null;
  return (
    <nav className={styles.pages} aria-label={t`Pages`}>
      {hasRows && lookedBackTo !== null && (
        <span>
          <LookedBack to={lookedBackTo} />
        </span>
      )}
      <Button size="s" disabled={isFirst} onClick={newer}>
        <Trans>Newer</Trans>
      </Button>
      <Button size="s" disabled={cursor === null} onClick={() => cursor !== null && older(cursor)}>
        {hasRows ? <Trans>Older</Trans> : <Trans>Look further back</Trans>}
      </Button>
    </nav>
  );
}
