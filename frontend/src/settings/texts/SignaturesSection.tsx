/** Signatures: a list, and a dialog to write one. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil, Plus, Signature as SignatureIcon, Trash2 } from "lucide-react";
import { useState } from "react";
import { type ResultOf, request } from "@/api";
import { refreshViewer } from "@/app";
import { Button, Confirm, Empty, IconButton, toast } from "@/ui";
import {
  CreateSignatureMutation,
  RemoveSignatureMutation,
  SignaturesSettingsQuery,
  UpdateSignatureMutation,
} from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { Loaded } from "../shared/Loaded";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { type Text, TextDialog } from "./TextDialog";

export const signatures: Section = {
  id: "signatures",
  icon: SignatureIcon,
  group: "mail",
  title: msg`Signatures`,
  words: msg`signature footer greeting regards`,
  needsMail: true,
  Page: SignaturesPage,
};

type Signature = ResultOf<typeof SignaturesSettingsQuery>["signatures"][number];

function SignaturesPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("signatures", SignaturesSettingsQuery, {});
  const [written, setWritten] = useState<Signature | "new">();
  const [leaving, setLeaving] = useState<Signature>();
  const { change, isPending, refusal } = useChange();

  async function save(text: Text) {
    const input = { name: text.name, html: text.html };
    const isDone = await change<unknown>(() =>
      written === undefined || written === "new"
        ? request(CreateSignatureMutation, { input })
        : request(UpdateSignatureMutation, { id: written.id, input }),
    );
    if (isDone === undefined) return;
    setWritten(undefined);
    toast({ text: t`Signature saved` });
  }
  async function remove({ id }: Signature) {
    if ((await change(() => request(RemoveSignatureMutation, { id }))) === undefined) return;
    setLeaving(undefined);
    toast({ text: t`Signature removed` });
    await refreshViewer();
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Lines below what you write. Under Addresses you choose which of them new messages and answers begin
          with.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ signatures: all }) => (
          <div className={styles.part}>
            {all.length === 0 ? (
              <Empty title={<Trans>No signatures yet</Trans>}>
                <Trans>Write one, then choose it for an address.</Trans>
              </Empty>
            ) : (
              <ul className={styles.rows} aria-label={t`Signatures`}>
                {all.map((one) => (
                  <li key={one.id} className={styles.row}>
                    <SignatureIcon aria-hidden="true" />
                    <span className={styles.what}>
                      <span className={styles.name}>{one.name}</span>
                    </span>
                    <span className={styles.acts}>
                      <IconButton label={t`Change ${one.name}`} onClick={() => setWritten(one)}>
                        <Pencil />
                      </IconButton>
                      <IconButton label={t`Remove ${one.name}…`} onClick={() => setLeaving(one)}>
                        <Trash2 />
                      </IconButton>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Button icon={<Plus />} onClick={() => setWritten("new")}>
              <Trans>New signature</Trans>
            </Button>
          </div>
        )}
      </Loaded>
      {written !== undefined && (
        <TextDialog
          title={written === "new" ? t`New signature` : t`Change signature`}
          text={written === "new" ? { name: "", html: "" } : written}
          isPending={isPending}
          refusal={refusal}
          onSave={(text) => void save(text)}
          onClose={() => setWritten(undefined)}
        />
      )}
      <Confirm
        open={leaving !== undefined}
        danger
        title={t`Remove the signature?`}
        action={<Trans>Remove</Trans>}
        pending={isPending}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving !== undefined && void remove(leaving)}
      >
        <p>
          <Trans>Addresses that begin messages with it have none then.</Trans>
        </p>
        {refusal !== undefined && <p role="alert">{refusal.message}</p>}
      </Confirm>
    </>
  );
}
