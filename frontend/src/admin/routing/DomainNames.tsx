/** Further names of a domain: under each of them every address means the same as under its own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { DnsRecords } from "@/setup";
import { Button, Confirm, Empty, Field, State, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import {
  AddDomainAliasMutation,
  type DomainAlias,
  DomainAliasesQuery,
  RemoveDomainAliasMutation,
} from "./documents";
import own from "./Routing.module.css";

export function DomainNames({ domain }: { domain: Domain }) {
  const canManage = useCan("DOMAINS_MANAGE");
  const [isAdding, setAdding] = useState(false);
  const query = useAdminQuery("domainAliases", DomainAliasesQuery, { domainId: domain.id });
  const name = domain.displayName;
  return (
    <section className={own.section}>
      <header className={own.head}>
        <h2 className={styles.subtitle}>
          <Trans>Further names</Trans>
        </h2>
        {canManage && (
          <Button icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add name</Trans>
          </Button>
        )}
      </header>
      <p className={styles.lead}>
        <Trans>
          Under a further name every address means the same person, alias or list as under {name}. People may
          sign in and send with it.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ domainAliases }) =>
          domainAliases?.length === 0 ? (
            <Empty title={<Trans>The domain has no further names</Trans>} />
          ) : (
            <ul className={own.names}>
              {domainAliases?.map((alias) => (
                <Name key={alias.id} alias={alias} canManage={canManage} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAdding && <AddDialog domain={domain} onClose={() => setAdding(false)} />}
    </section>
  );
}

function Name({ alias, canManage }: { alias: DomainAlias; canManage: boolean }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { act, isPending, refusal, forget } = useAct();
  const name = alias.displayName;

  async function remove() {
    if (!(await act(() => request(RemoveDomainAliasMutation, { id: alias.id })))) return;
    toast({ text: t`${name} was removed` });
  }
  return (
    <li className={own.name} aria-label={name}>
      <div className={own.nameHead}>
        <h3 className={own.title}>{name}</h3>
        {alias.dkimSelectors.length > 0 ? (
          <State tone="ok">
            <Trans>Signs</Trans>
          </State>
        ) : (
          <State tone="plain">
            <Trans>Does not sign yet</Trans>
          </State>
        )}
        {canManage && (
          <span className={own.acts}>
            <Button
              size="s"
              variant="quiet"
              onClick={() => {
                forget();
                setAsking(true);
              }}
            >
              <Trans>Remove…</Trans>
            </Button>
          </span>
        )}
      </div>
      <details className={own.records}>
        <summary>
          <Trans>DNS records to publish</Trans>
        </summary>
        <DnsRecords records={alias.dnsRecords} />
      </details>
      <Confirm
        open={isAsking}
        danger
        title={t`Remove ${name}?`}
        action={<Trans>Remove the name</Trans>}
        pending={isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        <p>
          <Trans>
            Mail to addresses under it is refused from then on, and nobody signs in or sends with it.
            Mailboxes and their mail stay.
          </Trans>
        </p>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </Confirm>
    </li>
  );
}

function AddDialog({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const { act, isPending, refusal } = useAct();

  async function submit() {
    if (!(await act(() => request(AddDomainAliasMutation, { domainId: domain.id, name: name.trim() }))))
      return;
    onClose();
    toast({ text: t`${name.trim()} was added. Next: publish its DNS records` });
  }
  return (
    <FormDialog
      title={t`Add a name of ${domain.displayName}`}
      action={<Trans>Add name</Trans>}
      isPending={isPending}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t`Domain`}
        placeholder="example.net"
        value={name}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        error={refusal?.message}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
