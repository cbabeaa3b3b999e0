/** The keys that sign a domain's mail: which sign, which wait for their record, and the change to a new one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { fullTime, relativeTime } from "@/lib/dates";
import { DnsRecords } from "@/setup";
import { Button, Confirm, Menu, State, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import dkim from "./Dkim.module.css";
import {
  ActivateDkimKeyMutation,
  CreateDkimKeyMutation,
  type DkimKey,
  DkimKeysQuery,
  RemoveDkimKeyMutation,
} from "./dkimDocuments";

const EVERY_MS = 30_000;
const algorithms = { rsa: "RSA", ed25519: "Ed25519" };

export function DkimKeys({ domain }: { domain: Domain }) {
  const query = useAdminQuery("dkim", DkimKeysQuery, { domainId: domain.id }, EVERY_MS);
  return (
    <section className={dkim.section}>
      <header className={dkim.head}>
        <h2 className={styles.subtitle}>
          <Trans>Signatures (DKIM)</Trans>
        </h2>
        <NewKey domain={domain} />
      </header>
      <p className={styles.lead}>
        <Trans>
          Other servers trust mail more that is signed by its domain. A key signs once its record is found in
          DNS, where it is looked for every 15 minutes.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ dkimKeys }) => (
          <ul className={dkim.keys}>
            {dkimKeys?.map((key) => (
              <Key key={key.id} dkimKey={key} isLast={isLastSigning(key, dkimKeys)} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function isLastSigning(key: DkimKey, keys: readonly DkimKey[]): boolean {
  return key.state === "ACTIVE" && keys.filter(({ state }) => state === "ACTIVE").length === 1;
}

function nameOf({ algorithm }: DkimKey): string {
  return algorithm === "rsa" || algorithm === "ed25519" ? algorithms[algorithm] : algorithm;
}

function NewKey({ domain }: { domain: Domain }) {
  const { t } = useLingui();
  const { act, isPending, refusal } = useAct();

  async function create(algorithm: "rsa" | "ed25519") {
    if (!(await act(() => request(CreateDkimKeyMutation, { domainId: domain.id, algorithm })))) return;
    toast({ text: t`The key is made. Next: publish its record` });
  }
  return (
    <>
      <Menu
        label={t`New key`}
        placement="bottom end"
        groups={[
          {
            id: "algorithm",
            items: [
              { id: "rsa", label: t`RSA, which every server knows`, onAction: () => void create("rsa") },
              { id: "ed25519", label: t`Ed25519, short and strong`, onAction: () => void create("ed25519") },
            ],
          },
        ]}
        trigger={(trigger) => (
          <Button {...trigger} icon={<Plus />} pending={isPending}>
            <Trans>New key</Trans>
          </Button>
        )}
      />
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
    </>
  );
}

function Key({ dkimKey: key, isLast }: { dkimKey: DkimKey; isLast: boolean }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { act, isPending, refusal, forget } = useAct();
  const { selector } = key;

  async function check() {
    if (!(await act(() => request(ActivateDkimKeyMutation, { id: key.id })))) return;
    toast({ text: t`${selector} signs from now on` });
  }
  async function remove() {
    if (!(await act(() => request(RemoveDkimKeyMutation, { id: key.id })))) return;
    toast({ text: t`${selector} was removed` });
  }
  const purpose = key.state === "WAITING" ? t`To publish` : t`Published`;
  return (
    <li className={dkim.key} aria-label={selector}>
      <div className={dkim.keyHead}>
        <h3 className={dkim.name}>{nameOf(key)}</h3>
        <Standing dkimKey={key} />
        <span className={dkim.acts}>
          {key.state === "WAITING" && (
            <Button size="s" pending={isPending && !isAsking} onClick={() => void check()}>
              <Trans>Check now</Trans>
            </Button>
          )}
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
      </div>
      {refusal !== undefined && !isAsking && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
      <DnsRecords records={[{ name: key.recordName, type: "TXT", value: key.recordValue, purpose }]} />
      <Confirm
        open={isAsking}
        danger
        title={t`Remove the key ${selector}?`}
        action={<Trans>Remove the key</Trans>}
        pending={isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        <p>
          {isLast ? (
            <Trans>It is the only one that signs: mail of the domain would leave without a signature.</Trans>
          ) : key.state === "WAITING" ? (
            <Trans>It signs nothing yet. Its record, if there is one, can be taken out of DNS.</Trans>
          ) : (
            <Trans>Signatures made with it can be checked as long as its record stays in DNS.</Trans>
          )}
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

function Standing({ dkimKey: { state, changedAt } }: { dkimKey: DkimKey }) {
  const when = relativeTime(changedAt);
  return (
    <span className={dkim.standing} title={fullTime(changedAt)}>
      {state === "ACTIVE" && (
        <State tone="ok">
          <Trans>Signs</Trans>
        </State>
      )}
      {state === "WAITING" && (
        <State tone="plain">
          <Trans>Waits for its record</Trans>
        </State>
      )}
      {state === "RETIRED" && (
        <State tone="plain">
          <Trans>Replaced</Trans>
        </State>
      )}
      <span className={dkim.since}>
        {state === "WAITING" ? <Trans>made {when}</Trans> : <Trans>since {when}</Trans>}
      </span>
    </span>
  );
}
