/** One domain: users, aliases, routing, limits, DNS. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import { request } from "@/api";
import { adminHref, navigate, useCan, useViewer } from "@/app";
import { DomainDeliveries } from "@/deliveries";
import { formatBytes } from "@/lib/bytes";
import { DnsRecords } from "@/setup";
import { Button, Confirm, State, Tabs, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { AliasesTab } from "../aliases/AliasesTab";
import { type Domain, DomainQuery, RemoveDomainMutation, UpdateDomainMutation } from "../documents";
import { tabsFor, tabTitle } from "../entries";
import { LimitsForm } from "../limits/LimitsForm";
import { ListsTab } from "../lists/ListsTab";
import type { DomainTab } from "../place";
import { RoutingTab } from "../routing/RoutingTab";
import { AdminLink } from "../shared/AdminLink";
import { Missing } from "../shared/Missing";
import { PageHead } from "../shared/PageHead";
import { RemoveDialog } from "../shared/RemoveDialog";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { SuppressionList } from "../suppression/SuppressionList";
import { TlsReportsTab } from "../tls/TlsReportsTab";
import { UsersTab } from "../users/UsersTab";
import { DkimKeys } from "./DkimKeys";
import { shownTab } from "./shownTab";

export function DomainPage({ id, tab }: { id: string; tab: DomainTab }) {
  const { t } = useLingui();
  const query = useAdminQuery("domain", DomainQuery, { id });
  return (
    <Loaded isPage query={query}>
      {({ domain }) =>
        domain === null ? (
          <Missing title={t`There is no such domain`} />
        ) : (
          <DomainView domain={domain} tab={tab} />
        )
      }
    </Loaded>
  );
}

function DomainView({ domain, tab }: { domain: Domain; tab: DomainTab }) {
  const { t, i18n } = useLingui();
  const isSystem = useCan("SYSTEM_READ");
  const canManage = useCan("DOMAINS_MANAGE");
  const canSign = useCan("DOMAIN_MANAGE");
  const shown = tabsFor(useViewer().permissions);
  const current = shownTab(tab, shown);
  const storage = formatBytes(domain.usedBytes);
  const contents: Record<DomainTab, ReactNode> = {
    users: <UsersTab domain={domain} />,
    aliases: <AliasesTab domain={domain} />,
    lists: <ListsTab domain={domain} />,
    routing: <RoutingTab domain={domain} />,
    suppression: <SuppressionList domainId={domain.id} />,
    deliveries: <DomainDeliveries domainId={domain.id} />,
    tls: <TlsReportsTab domain={domain} />,
    limits: <LimitsForm level="DOMAIN" targetId={domain.id} />,
    dns: (
      <div className={styles.part}>
        <p className={styles.lead}>
          <Trans>Records to add at the provider of the domain, so that mail finds this server.</Trans>
        </p>
        <DnsRecords
          records={domain.dnsRecords.filter(({ name }) => !canSign || !name.includes("._domainkey."))}
        />
        {canSign && <DkimKeys domain={domain} />}
      </div>
    ),
  };
  const titleOf = (one: DomainTab) => i18n._(tabTitle(one));
  return (
    <>
      <PageHead
        title={domain.displayName}
        part={titleOf(current)}
        note={
          <>
            <Plural value={domain.userCount} one="# account" other="# accounts" />, {storage}
          </>
        }
        back={
          isSystem && (
            <AdminLink isBack to="domains" className={styles.back}>
              <ChevronLeft aria-hidden="true" />
              <Trans>Domains</Trans>
            </AdminLink>
          )
        }
      >
        {!domain.isEnabled && (
          <State tone="plain">
            <Trans>Disabled</Trans>
          </State>
        )}
        {canManage && <DomainActs domain={domain} />}
      </PageHead>
      {isSystem ? (
        <Tabs
          label={t`Parts of the domain`}
          selected={current}
          onSelect={(next) => navigate(adminHref(`domains/${domain.id}/${next}`))}
          tabs={shown.map((id) => ({ id, label: titleOf(id), content: contents[id] }))}
        />
      ) : (
        // Who has one domain alone finds its parts in the navigation.
        <section key={current} aria-label={titleOf(current)}>
          {contents[current]}
        </section>
      )}
    </>
  );
}

function DomainActs({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<"disable" | "remove">();
  const { act, isPending, refusal } = useAct();
  const name = domain.displayName;

  async function setEnabled(isEnabled: boolean) {
    const isDone = await act(() => request(UpdateDomainMutation, { id: domain.id, isEnabled }));
    if (!isDone) return;
    setAsking(undefined);
    toast({ text: isEnabled ? t`${name} is enabled` : t`${name} is disabled` });
  }
  return (
    <>
      {domain.isEnabled ? (
        <Button onClick={() => setAsking("disable")}>
          <Trans>Disable</Trans>
        </Button>
      ) : (
        <Button pending={isPending} onClick={() => void setEnabled(true)}>
          <Trans>Enable</Trans>
        </Button>
      )}
      <Button variant="quiet" onClick={() => setAsking("remove")}>
        <Trans>Remove…</Trans>
      </Button>
      {refusal !== undefined && asking === undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
      <Confirm
        open={asking === "disable"}
        title={t`Disable ${name}?`}
        action={<Trans>Disable</Trans>}
        danger
        pending={isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void setEnabled(false)}
      >
        <p>
          <Trans>
            Its users cannot sign in and mail to it is refused, until it is enabled again. Nothing is lost.
          </Trans>
        </p>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </Confirm>
      {asking === "remove" && (
        <RemoveDialog
          title={t`Remove ${name}?`}
          name={domain.name}
          onRemove={() => request(RemoveDomainMutation, { id: domain.id })}
          onClose={() => setAsking(undefined)}
          onDone={() => {
            toast({ text: t`${name} was removed` });
            navigate(adminHref("domains"));
          }}
        >
          <Trans>All its users, aliases and their mail are removed with it. This cannot be undone.</Trans>
        </RemoveDialog>
      )}
    </>
  );
}
