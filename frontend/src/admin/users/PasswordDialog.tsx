/** A new password for a user; every session of theirs ends. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { CopyButton, PasswordField } from "@/setup";
import { toast } from "@/ui";
import styles from "../Admin.module.css";
import { SetPasswordMutation, type User } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";

export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const { act, isPending, refusal } = useAct();

  async function submit() {
    if (!(await act(() => request(SetPasswordMutation, { userId: user.id, password })))) return;
    onClose();
    toast({ text: t`${user.address} has a new password` });
  }
  return (
    <FormDialog
      title={t`Set password`}
      action={<Trans>Set password</Trans>}
      isPending={isPending}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p className={styles.lead}>
        <Trans>For {user.address}. Whoever is signed in with the old one has to sign in again.</Trans>
      </p>
      <PasswordField
        label={t`New password`}
        value={password}
        names={[user.name, user.localpart, user.address]}
        canGenerate
        autoFocus
        error={refusal?.message}
        onChange={setPassword}
      />
      {password !== "" && (
        <p className={styles.copyLine}>
          <Trans>To pass it on:</Trans> <CopyButton text={password} label={t`Copy the password`} />
        </p>
      )}
    </FormDialog>
  );
}
