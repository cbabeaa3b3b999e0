/** Where mail of a domain goes on to, or that it does not any more. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Button, Field, Select, toast } from "@/ui";
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { useTlsNames } from "../gateways/useTlsNames";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { type DomainRoute, RemoveDomainRouteMutation, SetDomainRouteMutation } from "./documents";
import own from "./Routing.module.css";
import { draftOf, inputOf, type RouteDraft, ways } from "./routeDraft";

const exact = { autoComplete: "off", autoCapitalize: "none", spellCheck: false, size: 1 } as const;

type RouteDialogProps = { domain: Domain; route: DomainRoute | undefined; onClose: () => void };

export function RouteDialog({ domain, route, onClose }: RouteDialogProps) {
  const { t } = useLingui();
  const tlsNames = useTlsNames();
  const [draft, setDraft] = useState<RouteDraft>(draftOf(route));
  const { act, isPending, refusal } = useAct();
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const isElsewhere = refusal?.field !== "host" && refusal?.field !== "port";
  const set = (change: Partial<RouteDraft>) => setDraft({ ...draft, ...change });

  async function save() {
    const input = inputOf(draft);
    if (!(await act(() => request(SetDomainRouteMutation, { domainId: domain.id, input })))) return;
    onClose();
    toast({ text: t`Mail for recipients who are not here is passed on` });
  }
  async function remove() {
    if (!(await act(() => request(RemoveDomainRouteMutation, { domainId: domain.id })))) return;
    onClose();
    toast({ text: t`Mail for recipients who are not here is refused` });
  }
  return (
    <FormDialog
      title={t`Pass mail on`}
      action={<Trans>Save</Trans>}
      isPending={isPending}
      refusal={isElsewhere ? refusal : undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Select
        label={t`Goes on to`}
        options={[
          { value: "host", label: t`A server that is named here` },
          { value: "mx", label: t`Mail hosts before this server in DNS (backup)` },
        ]}
        value={draft.to}
        onChange={(value) => set({ to: value === "mx" ? "mx" : "host" })}
      />
      {draft.to === "host" && (
        <>
          <div className={own.host}>
            <Field
              {...exact}
              label={t`Host`}
              placeholder="mail.example.org"
              value={draft.host}
              autoFocus={route === undefined}
              error={errorOf("host")}
              onChange={(event) => set({ host: event.target.value })}
            />
            <Field
              {...exact}
              label={t`Port`}
              inputMode="numeric"
              value={draft.port}
              error={errorOf("port")}
              onChange={(event) => set({ port: event.target.value })}
            />
          </div>
          <Select
            label={t`Connection`}
            options={ways.map((value) => ({ value, label: tlsNames[value] }))}
            value={draft.tls}
            onChange={(value) => set({ tls: ways.find((one) => one === value) ?? draft.tls })}
          />
        </>
      )}
      <Select
        label={t`Accepted for`}
        help={t`Mail for unknown people is best refused at once; later it can only be sent back.`}
        options={[
          { value: "ANY", label: t`Any recipient` },
          { value: "LISTED", label: t`Listed recipients only` },
          ...(draft.to === "host" ? [{ value: "ASKED", label: t`Recipients the server says it takes` }] : []),
        ]}
        value={draft.to === "mx" && draft.accepts === "ASKED" ? "ANY" : draft.accepts}
        onChange={(value) => set({ accepts: value === "LISTED" || value === "ASKED" ? value : "ANY" })}
      />
      {route !== undefined && (
        <p>
          <Button variant="link" className={styles.removeLink} onClick={() => void remove()}>
            <Trans>Refuse such mail again</Trans>
          </Button>
        </p>
      )}
    </FormDialog>
  );
}
