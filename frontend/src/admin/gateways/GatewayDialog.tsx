/** A gateway, new or to be changed or removed. Its password is written and never read. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Button, Checkbox, Confirm, Field, Select, toast } from "@/ui";
import styles from "../Admin.module.css";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import {
  CreateGatewayMutation,
  type Gateway,
  RemoveGatewayMutation,
  UpdateGatewayMutation,
} from "./documents";
import { draftOf, emptyDraft, type GatewayDraft, inputOf, secured } from "./draft";
import own from "./Gateways.module.css";
import { useTlsNames } from "./useTlsNames";

const waysToSecure = ["VERIFIED", "IMPLICIT", "ENCRYPTED", "OPPORTUNISTIC"] satisfies Gateway["tls"][];
const fields = ["name", "host", "port", "tls", "username", "priority"];
const exact = { autoComplete: "off", autoCapitalize: "none", spellCheck: false, size: 1 } as const;

type GatewayDialogProps = { gateway: Gateway | undefined; onClose: () => void };

export function GatewayDialog({ gateway, onClose }: GatewayDialogProps) {
  const { t } = useLingui();
  const tlsNames = useTlsNames();
  const [draft, setDraft] = useState<GatewayDraft>(gateway === undefined ? emptyDraft : draftOf(gateway));
  const [isAsking, setAsking] = useState(false);
  const { act, isPending, refusal } = useAct();
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const isElsewhere = refusal?.field === undefined || !fields.includes(refusal.field);
  const set = (change: Partial<GatewayDraft>) => setDraft({ ...draft, ...change });
  const { name } = draft;

  async function save() {
    const input = inputOf(draft);
    const isDone = await act(() =>
      gateway === undefined
        ? request(CreateGatewayMutation, { input })
        : request(UpdateGatewayMutation, { id: gateway.id, input }),
    );
    if (!isDone) return;
    onClose();
    toast({ text: t`Gateway saved` });
  }
  if (gateway !== undefined && isAsking) {
    return <RemoveConfirm gateway={gateway} onCancel={() => setAsking(false)} onDone={onClose} />;
  }
  return (
    <FormDialog
      title={gateway === undefined ? t`Add gateway` : t`Change gateway`}
      action={<Trans>Save</Trans>}
      isPending={isPending}
      refusal={isElsewhere ? refusal : undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field
        label={t`Name`}
        value={name}
        autoFocus={gateway === undefined}
        autoComplete="off"
        error={errorOf("name")}
        onChange={(event) => set({ name: event.target.value })}
      />
      <div className={own.host}>
        <Field
          {...exact}
          label={t`Host`}
          placeholder="smtp.example.org"
          value={draft.host}
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
        options={waysToSecure.map((value) => ({ value, label: tlsNames[value] }))}
        value={draft.tls}
        error={errorOf("tls")}
        onChange={(value) => setDraft(secured(draft, waysToSecure.find((one) => one === value) ?? draft.tls))}
      />
      <div className={own.pair}>
        <Field
          {...exact}
          label={t`User name`}
          help={t`Empty: it does not sign in`}
          value={draft.username}
          error={errorOf("username")}
          onChange={(event) => set({ username: event.target.value })}
        />
        <Field
          {...exact}
          type="password"
          autoComplete="new-password"
          label={t`Password`}
          help={draft.hasPassword ? t`Empty: the one there is stays` : undefined}
          disabled={draft.username.trim() === ""}
          value={draft.password}
          onChange={(event) => set({ password: event.target.value })}
        />
      </div>
      <div className={own.pair}>
        <Field
          {...exact}
          label={t`Mail from domain`}
          placeholder={t`any`}
          value={draft.senderDomain}
          onChange={(event) => set({ senderDomain: event.target.value })}
        />
        <Field
          {...exact}
          label={t`Mail to domain`}
          placeholder={t`any`}
          value={draft.recipientDomain}
          onChange={(event) => set({ recipientDomain: event.target.value })}
        />
      </div>
      <Field
        {...exact}
        label={t`Order`}
        help={t`0 to 100. Of gateways for the same mail the lowest is asked first, equal ones in turn.`}
        inputMode="numeric"
        value={draft.priority}
        error={errorOf("priority")}
        onChange={(event) => set({ priority: event.target.value })}
      />
      <Checkbox label={t`Enabled`} checked={draft.isEnabled} onChange={(isEnabled) => set({ isEnabled })} />
      {gateway !== undefined && (
        <p>
          <Button variant="link" className={styles.removeLink} onClick={() => setAsking(true)}>
            <Trans>Remove this gateway…</Trans>
          </Button>
        </p>
      )}
    </FormDialog>
  );
}

type RemoveConfirmProps = { gateway: Gateway; onCancel: () => void; onDone: () => void };

function RemoveConfirm({ gateway: { id, name }, onCancel, onDone }: RemoveConfirmProps) {
  const { t } = useLingui();
  const { act, isPending, refusal } = useAct();

  async function remove() {
    if (!(await act(() => request(RemoveGatewayMutation, { id })))) return;
    onDone();
    toast({ text: t`${name} was removed` });
  }
  return (
    <Confirm
      open
      danger
      title={t`Remove ${name}?`}
      action={<Trans>Remove the gateway</Trans>}
      pending={isPending}
      onClose={onCancel}
      onConfirm={() => void remove()}
    >
      <p>
        <Trans>Mail that waits for it takes another gateway, or goes by MX. Its password is forgotten.</Trans>
      </p>
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
    </Confirm>
  );
}
