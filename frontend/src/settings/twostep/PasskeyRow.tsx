/** One passkey: its name, when it was used, and the ways to rename and remove it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { relativeTime, shortDate } from "@/lib/dates";
import { Button, Dialog, Field, toast } from "@/ui";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";
import { AskPassword } from "./AskPassword";
import { type Passkey, RemovePasskeyMutation, RenamePasskeyMutation } from "./documents";

export function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { t } = useLingui();
  const [doing, setDoing] = useState<"rename" | "remove">();
  const { change, isPending, refusal } = useChange();
  const { id, label, usedAt } = passkey;
  const made = shortDate(passkey.createdAt);
  const used = usedAt === null ? "" : relativeTime(usedAt);

  async function remove(password: string) {
    if ((await change(() => request(RemovePasskeyMutation, { id, password }))) === undefined) return;
    setDoing(undefined);
    toast({ text: t`${label} opens your account no more` });
  }
  return (
    <li className={styles.row}>
      <Fingerprint aria-hidden="true" />
      <span className={styles.what}>
        <span className={styles.name}>{label}</span>
        <span className={styles.note}>
          {usedAt === null ? (
            <Trans>Made {made}, never used</Trans>
          ) : (
            <Trans>
              Made {made}, last used {used}
            </Trans>
          )}
        </span>
      </span>
      <span className={styles.buttons}>
        <Button size="s" aria-label={t`Rename ${label}…`} onClick={() => setDoing("rename")}>
          <Trans>Rename…</Trans>
        </Button>
        <Button size="s" aria-label={t`Remove ${label}…`} onClick={() => setDoing("remove")}>
          <Trans>Remove…</Trans>
        </Button>
      </span>
      {doing === "remove" && (
        <AskPassword
          title={t`Remove ${label}?`}
          action={<Trans>Remove</Trans>}
          danger
          isPending={isPending}
          refusal={refusal}
          onPassword={(password) => void remove(password)}
          onClose={() => setDoing(undefined)}
        >
          <p>
            <Trans>It opens your account no more. Delete it on the device as well.</Trans>
          </p>
        </AskPassword>
      )}
      {doing === "rename" && <Rename passkey={passkey} onClose={() => setDoing(undefined)} />}
    </li>
  );
}

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useLingui();
  const [label, setLabel] = useState(passkey.label);
  const { change, isPending, refusal } = useChange();

  async function rename() {
    if ((await change(() => request(RenamePasskeyMutation, { id: passkey.id, label }))) !== undefined)
      onClose();
  }
  return (
    <Dialog
      open
      size="s"
      title={t`Rename the passkey`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            pending={isPending}
            disabled={label.trim() === ""}
            onClick={() => void rename()}
          >
            <Trans>Rename</Trans>
          </Button>
        </>
      }
    >
      <Field
        label={t`Its name`}
        maxLength={100}
        autoComplete="off"
        autoFocus
        value={label}
        error={refusal?.message}
        onChange={(event) => setLabel(event.target.value)}
      />
    </Dialog>
  );
}
