/** Asks where a link goes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { Button, Dialog, Field } from "@/ui";
import { isAddress } from "./addressInput";
import styles from "./Compose.module.css";

type LinkDialogProps = {
  href: string | null;
  /** No words were chosen that it could be on. */
  asksText: boolean;
  onClose: () => void;
  onLink: (href: string | null, text: string) => void;
};

export function LinkDialog({ href, asksText, onClose, onLink }: LinkDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const [typed, setTyped] = useState(href ?? "");
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    const address = normalHref(typed);
    if (address === null) setError(t`An address looks like https://example.org or maren@example.org`);
    else onLink(address, text.trim());
  }

  return (
    <Dialog
      open
      size="s"
      title={t`Link`}
      onClose={onClose}
      footer={
        <>
          {href !== null && (
            <Button variant="quiet" onClick={() => onLink(null, "")}>
              <Trans>Remove link</Trans>
            </Button>
          )}
          <Button variant="primary" type="submit" form={form}>
            <Trans>Set link</Trans>
          </Button>
        </>
      }
    >
      <form id={form} className={styles.linkForm} onSubmit={submit} noValidate>
        <Field
          label={t`Address`}
          type="url"
          value={typed}
          error={error}
          autoFocus
          autoComplete="off"
          placeholder="https://"
          onChange={(event) => {
            setTyped(event.target.value);
            setError(undefined);
          }}
        />
        {asksText && (
          <Field
            label={t`Text (may be empty)`}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </form>
    </Dialog>
  );
}

/** The address with its scheme, null where it is none that mail may carry. */
export function normalHref(text: string): string | null {
  const typed = text.trim();
  if (isAddress(typed)) return `mailto:${typed}`;
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (!/^(https?|mailto|tel):/i.test(whole) || /\s/.test(typed) || typed === "") return null;
  try {
    const url = new URL(whole);
    return /^https?:$/.test(url.protocol) && !url.hostname.includes(".") && url.hostname !== "localhost"
      ? null
      : whole;
  } catch {
    return null;
  }
}
