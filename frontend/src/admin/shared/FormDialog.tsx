/** A dialog with a form: Enter saves, a refusal stays in it; what was written in it goes by Cancel, or after a yes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useId, useState } from "react";
import { Button, Confirm, Dialog } from "@/ui";
import styles from "../Admin.module.css";
import type { Refusal } from "./useAct";

export type FormDialogProps = {
  title: string;
  action: ReactNode;
  isPending: boolean;
  /** Shown at the foot where no field takes it. */
  refusal?: Refusal | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

export function FormDialog({
  title,
  action,
  isPending,
  refusal,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const [isWritten, setWritten] = useState(false);
  const [isAsking, setAsking] = useState(false);
  return (
    <Dialog
      open
      size="s"
      title={title}
      onClose={() => (isWritten ? setAsking(true) : onClose())}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={isPending}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        noValidate
        onInput={() => setWritten(true)}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) onSubmit();
        }}
      >
        {children}
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
      <Confirm
        open={isAsking}
        title={t`Discard what you wrote?`}
        action={<Trans>Discard</Trans>}
        danger
        onConfirm={onClose}
        onClose={() => setAsking(false)}
      >
        <Trans>It is not saved yet.</Trans>
      </Confirm>
    </Dialog>
  );
}
