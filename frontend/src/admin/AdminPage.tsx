/** Administration: what the viewer may manage at the side, the chosen page beside it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { adminHref, navigate, useCan, useViewer } from "@/app";
import styles from "./Admin.module.css";
import { AuditPage } from "./AuditPage";
import { DomainPage } from "./domains/DomainPage";
import { DomainsPage } from "./domains/DomainsPage";
import { shownTab } from "./domains/shownTab";
import { type Entry, entriesFor, tabsFor } from "./entries";
import { GatewaysPage } from "./gateways/GatewaysPage";
import { LimitsForm } from "./limits/LimitsForm";
import { ListPage } from "./lists/ListPage";
import { OverviewPage } from "./OverviewPage";
import { type Place, placeOf } from "./place";
import { QueuedMessagePage } from "./queue/QueuedMessagePage";
import { QueuePage } from "./queue/QueuePage";
import { AdminLink } from "./shared/AdminLink";
import { Missing } from "./shared/Missing";
import { PageHead } from "./shared/PageHead";
import { SuppressionList } from "./suppression/SuppressionList";
import { UserPage } from "./users/UserPage";

export function AdminPage({ path }: { path: string }) {
  const { t } = useLingui();
  const place = placeOf(path);
  return (
    <div className={styles.admin}>
      <SideNav place={place} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it where nothing in it takes the focus. */}
      <div className={styles.page} role="region" aria-label={t`Administration`} tabIndex={0}>
        <div className={styles.inner}>
          <Page place={place} />
        </div>
      </div>
    </div>
  );
}

function SideNav({ place }: { place: Place }) {
  const { t, i18n } = useLingui();
  const viewer = useViewer();
  const isSystem = useCan("SYSTEM_READ");
  const { domain } = viewer;
  const tabs = tabsFor(viewer.permissions);
  const isShown = ({ tab, pages }: Entry) =>
    pages.includes(place.page) ||
    (place.page === "domain" && place.id === domain?.id && shownTab(place.tab, tabs) === tab);
  const entries = entriesFor(viewer).map((entry) => ({
    to: entry.to,
    label: i18n._(entry.title),
    isCurrent: isShown(entry),
  }));
  const nav = useRef<HTMLElement>(null);
  const current = entries.find(({ isCurrent }) => isCurrent)?.to;
  // On a phone they are a line that scrolls.
  useEffect(() => {
    const entry = current === undefined ? null : nav.current?.querySelector("[aria-current]");
    entry?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav ref={nav} className={styles.nav} aria-label={t`Administration`}>
      <p className={styles.navTitle}>{isSystem ? <Trans>System</Trans> : domain?.name}</p>
      <ul className={styles.entries}>
        {entries.map((entry) => (
          <li key={entry.to}>
            <AdminLink to={entry.to} className={styles.entry} isCurrent={entry.isCurrent}>
              {entry.label}
            </AdminLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Page({ place }: { place: Place }) {
  const { t } = useLingui();
  const { domain } = useViewer();
  const isSystem = useCan("SYSTEM_READ");
  const home = isSystem ? "overview" : `domains/${domain?.id ?? ""}`;

  useEffect(() => {
    if (place.page === "home") navigate(adminHref(home), { replace: true });
  }, [place.page, home]);

  // The server refuses these as well; here they do not even begin to load.
  const isForSystem = [
    "overview",
    "domains",
    "limits",
    "queue",
    "destinations",
    "refused",
    "queued",
    "gateways",
    "suppression",
  ].includes(place.page);
  if (isForSystem && !isSystem) return <Missing title={t`There is no such page`} />;
  switch (place.page) {
    case "home":
      return null;
    case "overview":
      return <OverviewPage />;
    case "domains":
      return <DomainsPage />;
    case "domain":
      return <DomainPage key={place.id} id={place.id} tab={place.tab} />;
    case "user":
      return <UserPage key={place.id} domainId={place.domainId} id={place.id} />;
    case "list":
      return (
        <ListPage
          key={place.id}
          id={place.id}
          part={place.part}
          hrefOf={(part) => adminHref(`domains/${place.domainId}/lists/${place.id}${part ? `/${part}` : ""}`)}
          back={{ href: adminHref(`domains/${place.domainId}/lists`), label: <Trans>Lists</Trans> }}
        />
      );
    case "limits":
      return (
        <>
          <PageHead
            title={t`Default limits`}
            note={<Trans>They hold where a domain sets nothing of its own.</Trans>}
          />
          <LimitsForm level="SYSTEM" targetId={null} />
        </>
      );
    case "queue":
    case "destinations":
    case "refused":
      return <QueuePage tab={place.page} />;
    case "queued":
      return <QueuedMessagePage key={place.id} id={place.id} />;
    case "gateways":
      return <GatewaysPage />;
    case "suppression":
      return (
        <>
          <PageHead title={t`Suppressed addresses`} />
          <SuppressionList domainId={null} />
        </>
      );
    case "audit":
      return <AuditPage domainId={isSystem ? null : (domain?.id ?? null)} />;
    case "unknown":
      return <Missing title={t`There is no such page`} />;
  }
}
