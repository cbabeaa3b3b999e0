/** Addresses that mail goes on to, and whether it is kept here as well. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Checkbox, TextArea, Unsaved } from "@/ui";
import type { Forward } from "./documents";
import styles from "./Forward.module.css";
import { readTargets } from "./targets";

export type ForwardFormProps = {
  forward: Forward;
  isPending: boolean;
  /** Why it was refused. */
  refusal: string | undefined;
  onSave: (targets: string[], keepsCopy: boolean) => void;
};

export function ForwardForm({ forward, isPending, refusal, onSave }: ForwardFormProps) {
  const { t } = useLingui();
  const [text, setText] = useState(forward.targets.join("\n"));
  const [keepsCopy, setKeepsCopy] = useState(forward.keepsCopy);
  const targets = readTargets(text);
  const isChanged =
    targets.join("\n") !== forward.targets.join("\n") ||
    (targets.length > 0 && keepsCopy !== forward.keepsCopy);

  if (!forward.isAllowed && forward.targets.length === 0)
    return (
      <p className={styles.note}>
        <Trans>Forwarding is turned off here.</Trans>
      </p>
    );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && !isPending) onSave(targets, keepsCopy);
      }}
    >
      {isChanged && <Unsaved />}
      {!forward.isAllowed && (
        <p className={styles.note} role="status">
          <Trans>Forwarding is turned off here; what is set has no effect.</Trans>
        </p>
      )}
      <TextArea
        label={t`Forward to`}
        help={
          <>
            <Plural value={forward.maxTargets} one="One address." other="One address a line, at most #." />{" "}
            {!forward.mayLeaveDomain && <Trans>Only addresses of the own domain.</Trans>}
          </>
        }
        rows={3}
        value={text}
        spellCheck={false}
        autoCapitalize="none"
        error={refusal}
        onChange={(event) => setText(event.target.value)}
      />
      <Checkbox
        label={t`Keep a copy here`}
        help={t`Without it mail only goes on, and nothing new comes into the mailbox.`}
        checked={keepsCopy}
        onChange={setKeepsCopy}
      />
      <p className={styles.buttons}>
        <Button variant="primary" type="submit" disabled={!isChanged} pending={isPending}>
          <Trans>Save</Trans>
        </Button>
        {forward.targets.length > 0 && (
          <Button disabled={isPending} onClick={() => onSave([], true)}>
            <Trans>Stop forwarding</Trans>
          </Button>
        )}
      </p>
    </form>
  );
}
