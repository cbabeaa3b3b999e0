/** A new passkey: a name for it and the password, then the browser asks; it is kept if somebody confirmed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { makePasskey } from "@/lib/passkeys";
import { Field, toast } from "@/ui";
import { useChange } from "../shared/useSettingsQuery";
import { deviceOf } from "../signins/device";
import { AskPassword } from "./AskPassword";
import { AddPasskeyMutation, BeginPasskeyMutation, SetTwoStepMutation } from "./documents";
import { RecoveryCodes } from "./RecoveryCodes";

type Props = {
  /** Also asked for after the password from now on. */
  turnsOn?: boolean;
  onDone: () => void;
  onClose: () => void;
};

export function PasskeySetUp({ turnsOn = false, onDone, onClose }: Props) {
  const { t } = useLingui();
  const { browser, system } = deviceOf(navigator.userAgent);
  const [label, setLabel] = useState([system, browser].filter(Boolean).join(", "));
  const [codes, setCodes] = useState<readonly string[]>();
  const { change, isPending, refusal } = useChange();

  async function make(password: string) {
    const answer = await change(async () => {
      const { begun } = await request(BeginPasskeyMutation, { password });
      const credential = await makePasskey(begun.options);
      if (credential === null) return null;
      await request(AddPasskeyMutation, { ticket: begun.ticket, credential, label });
      return turnsOn ? (await request(SetTwoStepMutation, { password, isOn: true })).codes : [];
    });
    if (answer === undefined) return;
    if (answer === null) {
      toast({ text: t`No passkey was made`, tone: "danger" });
      return;
    }
    toast({ text: t`The passkey is ready` });
    if (answer.length === 0) onDone();
    else setCodes(answer);
  }

  if (codes !== undefined) return <RecoveryCodes codes={codes} onClose={onDone} />;
  return (
    <AskPassword
      title={t`New passkey`}
      action={<Trans>Make passkey</Trans>}
      isPending={isPending}
      refusal={refusal}
      onPassword={(password) => {
        if (label.trim() !== "") void make(password);
      }}
      onClose={onClose}
    >
      <p>
        <Trans>
          With a passkey you sign in by fingerprint, face or the code of this device, without a password.
        </Trans>
      </p>
      <Field
        label={t`Its name`}
        maxLength={100}
        autoComplete="off"
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
    </AskPassword>
  );
}
