/** Removing for good: the name has to be typed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button, Dialog, Field } from "@/ui";
import styles from "../Admin.module.css";
import { useAct } from "./useAct";

export type RemoveDialogProps = {
  title: string;
  /** What has to be typed. */
  name: string;
  children: ReactNode;
  onRemove: () => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
};

export function RemoveDialog({ title, name, children, onRemove, onDone, onClose }: RemoveDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const [text, setText] = useState("");
  const { act, isPending, refusal } = useAct();
  const isRight = text.trim().toLowerCase() === name.toLowerCase();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isRight && !isPending && (await act(onRemove))) onDone();
  }
  return (
    <Dialog
      open
      size="s"
      role="alertdialog"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="danger" type="submit" form={form} disabled={!isRight} pending={isPending}>
            <Trans>Remove for good</Trans>
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        <div>{children}</div>
        <Field
          label={t`Type ${name} to confirm`}
          value={text}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={refusal?.message}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
