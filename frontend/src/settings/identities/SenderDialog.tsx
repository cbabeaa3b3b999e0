/** How messages from one own address are written. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { request } from "@/api";
import { refreshViewer, type Viewer } from "@/app";
import { Button, Checkbox, Dialog, Field, Select, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { SetSenderMutation, SignaturesSettingsQuery } from "../documents";
import styles from "../Settings.module.css";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";

export type Identity = Viewer["identities"][number];

export function SenderDialog({ identity, onClose }: { identity: Identity; onClose: () => void }) {
  const { t } = useLingui();
  const form = useId();
  const query = useSettingsQuery("signatures", SignaturesSettingsQuery, {});
  const { change, isPending, refusal } = useChange();
  const [name, setName] = useState(identity.ownName);
  const [replyTo, setReplyTo] = useState(identity.replyTo);
  const [isDefault, setDefault] = useState(identity.isDefault);
  const [signatureId, setSignature] = useState(identity.signatureId);
  const [replySignatureId, setReplySignature] = useState(identity.replySignatureId);
  const { address } = identity;
  const field = (key: string) => (refusal?.field === key ? refusal.message : undefined);
  const isElsewhere = refusal !== undefined && field("name") === undefined && field("replyTo") === undefined;

  async function save(event: FormEvent) {
    event.preventDefault();
    const input = { name, replyTo, isDefault, signatureId, replySignatureId };
    const isDone = await change(() => request(SetSenderMutation, { address, input }));
    if (isDone === undefined) return;
    await refreshViewer();
    onClose();
    toast({ text: t`Saved` });
  }
  return (
    <Dialog
      open
      size="s"
      title={address}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={isPending}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form id={form} className={styles.wideForm} noValidate onSubmit={(event) => void save(event)}>
        <Field
          label={t`Display name`}
          placeholder={identity.ownName === "" ? identity.name : ""}
          help={t`Recipients see it beside the address. Empty: your account’s name.`}
          autoComplete="off"
          maxLength={200}
          autoFocus
          value={name}
          error={field("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t`Answers go to`}
          help={t`Empty: to this address.`}
          type="email"
          autoComplete="off"
          value={replyTo}
          error={field("replyTo")}
          onChange={(event) => setReplyTo(event.target.value)}
        />
        <Loaded query={query}>
          {({ signatures }) => (
            <>
              <Select
                label={t`Signature of new messages`}
                options={[
                  { value: "", label: t`None` },
                  ...signatures.map(({ id, name: label }) => ({ value: id, label })),
                ]}
                value={signatureId ?? ""}
                onChange={(id) => setSignature(id || null)}
              />
              <Select
                label={t`Signature of answers and forwarded messages`}
                options={[
                  { value: "", label: t`None` },
                  ...signatures.map(({ id, name: label }) => ({ value: id, label })),
                ]}
                value={replySignatureId ?? ""}
                onChange={(id) => setReplySignature(id || null)}
              />
            </>
          )}
        </Loaded>
        <Checkbox label={t`Write from this address by default`} checked={isDefault} onChange={setDefault} />
        {isElsewhere && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
