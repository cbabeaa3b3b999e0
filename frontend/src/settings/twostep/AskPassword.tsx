/** What changes how one signs in is asked for with the password: an open browser is not enough. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useId, useState } from "react";
import { useViewer } from "@/app";
import { Button, Dialog, Field } from "@/ui";
import styles from "../Settings.module.css";
import type { Refusal } from "../shared/useSettingsQuery";

type Props = {
  title: string;
  action: ReactNode;
  danger?: boolean;
  isPending: boolean;
  refusal: Refusal | undefined;
  children: ReactNode;
  onPassword: (password: string) => void;
  onClose: () => void;
};

export function AskPassword({
  title,
  action,
  danger,
  isPending,
  refusal,
  children,
  onPassword,
  onClose,
}: Props) {
  const { t } = useLingui();
  const form = useId();
  const { address, name } = useViewer();
  const [password, setPassword] = useState("");
  const isAboutPassword = refusal?.field === "password";
  return (
    <Dialog
      open
      size="s"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant={danger ? "danger" : "primary"}
            type="submit"
            form={form}
            pending={isPending}
            disabled={password === ""}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending && password !== "") onPassword(password);
        }}
      >
        {children}
        <input type="hidden" autoComplete="username" value={address ?? name} readOnly />
        <Field
          label={t`Your password`}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          error={isAboutPassword ? refusal.message : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
        {refusal !== undefined && !isAboutPassword && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
