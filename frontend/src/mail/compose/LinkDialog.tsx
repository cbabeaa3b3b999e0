/** Asks where a link goes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { Button, Dialog, Field } from "@/ui";
import { isAddress } from "./addressInput";

type LinkDialogProps = { href: string | null; onClose: () => void; onLink: (href: string | null) => void };

export function LinkDialog({ href, onClose, onLink }: LinkDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const [text, setText] = useState(href ?? "");
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    const address = normalHref(text);
    if (address === null) setError(t`An address looks like https://example.org or maren@example.org`);
    else onLink(address);
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
            <Button variant="quiet" onClick={() => onLink(null)}>
              <Trans>Remove link</Trans>
            </Button>
          )}
          <Button variant="primary" type="submit" form={form}>
            <Trans>Set link</Trans>
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <Field
          label={t`Address`}
          type="url"
          value={text}
          error={error}
          autoFocus
          autoComplete="off"
          placeholder="https://"
          onChange={(event) => {
            setText(event.target.value);
            setError(undefined);
          }}
        />
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
