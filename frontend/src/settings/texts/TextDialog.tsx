/** Writing a signature or a template: a name, for templates a subject, and the text. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, lazy, Suspense, useId, useRef, useState } from "react";
import { Button, Dialog, Field, Spinner } from "@/ui";
import styles from "../Settings.module.css";
import type { Refusal } from "../shared/useSettingsQuery";

const TextEditor = lazy(() => import("@/mail/compose").then((compose) => ({ default: compose.TextEditor })));

export type Text = { name: string; subject?: string; html: string };
export type TextDialogProps = {
  title: string;
  text: Text;
  isPending: boolean;
  refusal: Refusal | undefined;
  onSave: (text: Text) => void;
  onClose: () => void;
};

export function TextDialog({ title, text, isPending, refusal, onSave, onClose }: TextDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const read = useRef(() => text.html);
  const [name, setName] = useState(text.name);
  const [subject, setSubject] = useState(text.subject);
  const isNamed = refusal?.field === "name";

  function save(event: FormEvent) {
    event.preventDefault();
    if (!isPending) onSave({ name, ...(subject !== undefined && { subject }), html: read.current() });
  }
  return (
    <Dialog
      open
      title={title}
      dismissable={false}
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
      <form id={form} className={styles.wideForm} noValidate onSubmit={save}>
        <Field
          label={t`Name`}
          value={name}
          maxLength={100}
          autoFocus
          autoComplete="off"
          error={isNamed ? refusal.message : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {subject !== undefined && (
          <Field
            label={t`Subject`}
            help={t`Taken where a message has none.`}
            value={subject}
            maxLength={900}
            autoComplete="off"
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
        <Suspense fallback={<Spinner label={t`Loading`} />}>
          <TextEditor
            label={t`Text`}
            html={text.html}
            onReady={(reader) => {
              read.current = reader;
            }}
          />
        </Suspense>
        {refusal !== undefined && !isNamed && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
