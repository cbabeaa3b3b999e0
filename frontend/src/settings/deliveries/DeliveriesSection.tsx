/** Where is my mail? */
import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Route } from "lucide-react";
import { navigate, settingsHref } from "@/app";
import { OwnDeliveries } from "@/deliveries";
import styles from "../Settings.module.css";
import type { Section } from "../section";

export const deliveries: Section = {
  id: "deliveries",
  icon: Route,
  group: "mail",
  title: msg`Where is my mail?`,
  words: msg`delivery status track trace sent received missing failed bounced`,
  needsMail: true,
  Page: DeliveriesPage,
};

function DeliveriesPage({ rest }: { rest: string }) {
  return (
    <>
      <p className={styles.lead}>
        <Trans>What became of messages of the last 30 days, whichever program sent them.</Trans>
      </p>
      <OwnDeliveries
        direction={rest === "incoming" ? "incoming" : "sent"}
        onDirection={(next) => navigate(settingsHref(`deliveries/${next}`), { replace: true })}
      />
    </>
  );
}
