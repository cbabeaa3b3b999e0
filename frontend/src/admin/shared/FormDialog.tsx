/** A dialog with a form: Enter saves, a refusal stays in it. */
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";
import { Button, Dialog } from "@/ui";
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
  const form = useId();
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
    </Dialog>
  );
}
