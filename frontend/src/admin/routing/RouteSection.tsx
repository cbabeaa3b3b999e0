/** Mail that nobody of the domain takes here: refused, or passed on to another server. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCan } from "@/app";
import { Button } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { useTlsNames } from "../gateways/useTlsNames";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type DomainRoute, DomainRouteQuery } from "./documents";
import { RouteDialog } from "./RouteDialog";
import { RoutedRecipients } from "./RoutedRecipients";
import own from "./Routing.module.css";

export function RouteSection({ domain }: { domain: Domain }) {
  const canManage = useCan("DOMAINS_MANAGE");
  const canRead = useCan("USERS_READ");
  const [isChanging, setChanging] = useState(false);
  const query = useAdminQuery("domainRoute", DomainRouteQuery, { domainId: domain.id });
  return (
    <Loaded query={query}>
      {({ domainRoute: route }) => (
        <section className={own.section}>
          <header className={own.head}>
            <h2 className={styles.subtitle}>
              <Trans>Mail for recipients who are not here</Trans>
            </h2>
            {canManage && (
              <Button onClick={() => setChanging(true)}>
                {route === null ? <Trans>Pass it on…</Trans> : <Trans>Change…</Trans>}
              </Button>
            )}
          </header>
          {route === null ? (
            <p className={styles.lead}>
              <Trans>
                It is refused. It can be passed on to another server instead: where this server is a backup,
                stands before another one, or shares the domain with it.
              </Trans>
            </p>
          ) : (
            <Facts route={route} />
          )}
          {route?.accepts === "LISTED" && canRead && <RoutedRecipients domain={domain} />}
          {isChanging && (
            <RouteDialog domain={domain} route={route ?? undefined} onClose={() => setChanging(false)} />
          )}
        </section>
      )}
    </Loaded>
  );
}

function Facts({ route: { host, port, tls, accepts } }: { route: DomainRoute }) {
  const { t } = useLingui();
  const tlsNames = useTlsNames();
  return (
    <dl className={own.facts}>
      <dt>{t`Goes on to`}</dt>
      <dd>
        {host === "" ? (
          <Trans>the domain’s mail hosts that come before this server in DNS</Trans>
        ) : (
          `${host}:${port}`
        )}
      </dd>
      {host !== "" && (
        <>
          <dt>{t`Connection`}</dt>
          <dd>{tlsNames[tls]}</dd>
        </>
      )}
      <dt>{t`Accepted for`}</dt>
      <dd>
        {accepts === "ANY" && <Trans>any recipient</Trans>}
        {accepts === "LISTED" && <Trans>recipients in the list below</Trans>}
        {accepts === "ASKED" && <Trans>recipients it says it takes</Trans>}
      </dd>
    </dl>
  );
}
