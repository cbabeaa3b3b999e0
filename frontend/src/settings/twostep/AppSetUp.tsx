/** An authenticator app: the password, then a code to scan and one to type back, then the recovery codes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { request } from "@/api";
import { CopyButton } from "@/setup";
import { Button, Dialog, Field } from "@/ui";
import settings from "../Settings.module.css";
import { QrCode } from "../shared/QrCode";
import { useChange } from "../shared/useSettingsQuery";
import { AskPassword } from "./AskPassword";
import { BeginTotpMutation, ConfirmTotpMutation } from "./documents";
import { RecoveryCodes } from "./RecoveryCodes";
import styles from "./TwoStep.module.css";

type Props = {
  onDone: () => void;
  onClose: () => void;
};

export function AppSetUp({ onDone, onClose }: Props) {
  const { t } = useLingui();
  const form = useId();
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [code, setCode] = useState("");
  const { change, isPending, refusal } = useChange();

  async function begin(password: string) {
    const answer = await change(() => request(BeginTotpMutation, { password }));
    if (answer !== undefined) setBegun(answer.begun);
  }
  async function confirm() {
    const answer = await change(() => request(ConfirmTotpMutation, { code }));
    if (answer === undefined) return;
    if (answer.codes.length === 0) onDone();
    else setCodes(answer.codes);
  }

  if (codes !== undefined) return <RecoveryCodes codes={codes} onClose={onDone} />;
  if (begun === undefined) {
    return (
      <AskPassword
        title={t`Set up an authenticator app`}
        action={<Trans>Continue</Trans>}
        isPending={isPending}
        refusal={refusal}
        onPassword={(password) => void begin(password)}
        onClose={onClose}
      >
        <p>
          <Trans>
            An app on your phone shows a new code every half minute. At each sign-in to the web you type it
            after your password. Mail programs need app passwords from then on.
          </Trans>
        </p>
      </AskPassword>
    );
  }
  const grouped = begun.secret.replace(/(.{4})(?=.)/g, "$1 ");
  return (
    <Dialog
      open
      size="s"
      title={t`Scan this with your app`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            pending={isPending}
            disabled={code.replace(/\s/g, "").length !== 6}
          >
            <Trans>Turn on</Trans>
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={settings.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) void confirm();
        }}
      >
        <div className={styles.scan}>
          <QrCode text={begun.uri} label={t`QR code for the authenticator app`} />
        </div>
        <div className={styles.secret}>
          <span className={settings.note}>
            <Trans>Or type this key:</Trans>
          </span>
          <output className={styles.key} aria-label={t`Key`}>
            {grouped}
          </output>
          <CopyButton text={begun.secret} label={t`Copy the key`} />
        </div>
        <Field
          label={t`Code that the app shows`}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          maxLength={10}
          value={code}
          error={refusal?.message}
          onChange={(event) => setCode(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
