/** A new app password: for which program and what it may; then the text, once, with how to use it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { type MailProtocol, request } from "@/api";
import { CopyButton } from "@/setup";
import { Button, Checkbox, Dialog, Field } from "@/ui";
import { CreateAppPasswordMutation, type MailServer } from "../documents";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";
import { type NewPassword, SetUpGuide } from "./SetUpGuide";

type Props = { servers: readonly MailServer[]; onClose: () => void };
type MadePassword = NewPassword & { label: string };

export function NewAppPassword({ servers, onClose }: Props) {
  const [made, setMade] = useState<MadePassword>();
  if (made === undefined) return <Asking onMade={setMade} onClose={onClose} />;
  return <Made made={made} servers={servers} onClose={onClose} />;
}

type AskingProps = { onMade: (made: MadePassword) => void; onClose: () => void };

function Asking({ onMade, onClose }: AskingProps) {
  const { t } = useLingui();
  const form = useId();
  const [label, setLabel] = useState("");
  const [chosen, setChosen] = useState<readonly MailProtocol[]>(["IMAP", "SMTP"]);
  const { change, isPending, refusal } = useChange();
  const choices: { protocol: MailProtocol; label: string; help: string }[] = [
    { protocol: "IMAP", label: t`Read and file mail (IMAP)`, help: t`What nearly every program uses.` },
    { protocol: "POP3", label: t`Fetch mail (POP3)`, help: t`For programs that only take the inbox away.` },
    { protocol: "SMTP", label: t`Send mail`, help: t`Also alone, for a scanner or a script.` },
  ];

  async function submit() {
    const protocols = choices.map(({ protocol }) => protocol).filter((one) => chosen.includes(one));
    const answer = await change(() => request(CreateAppPasswordMutation, { label, protocols }));
    if (answer?.created != null)
      onMade({ label: answer.created.appPassword.label, password: answer.created.password, protocols });
  }
  return (
    <Dialog
      open
      size="s"
      title={t`New app password`}
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
            disabled={label.trim() === "" || chosen.length === 0}
          >
            <Trans>Make password</Trans>
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
          if (!isPending && label.trim() !== "" && chosen.length > 0) void submit();
        }}
      >
        <Field
          label={t`For which program?`}
          placeholder={t`Thunderbird on my laptop`}
          maxLength={100}
          autoFocus
          autoComplete="off"
          value={label}
          error={refusal?.message}
          onChange={(event) => setLabel(event.target.value)}
        />
        <fieldset className={styles.choices}>
          <legend>
            <Trans>It may</Trans>
          </legend>
          {choices.map(({ protocol, label: name, help }) => (
            <Checkbox
              key={protocol}
              label={name}
              help={help}
              checked={chosen.includes(protocol)}
              onChange={(on) =>
                setChosen(on ? [...chosen, protocol] : chosen.filter((one) => one !== protocol))
              }
            />
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}

function Made({ made, servers, onClose }: Props & { made: MadePassword }) {
  const { t } = useLingui();
  const { label, password } = made;
  return (
    <Dialog
      open
      size="m"
      dismissable={false}
      title={t`The password for ${label}`}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      }
    >
      <div className={styles.dialog}>
        <p>
          <Trans>It is shown this once. Put it into the program now; you need not remember it.</Trans>
        </p>
        <div className={styles.secret}>
          <output className={styles.secretText} aria-label={t`App password`}>
            {password}
          </output>
          <CopyButton text={password} label={t`Copy the password`} />
        </div>
        <SetUpGuide servers={servers} made={made} />
      </div>
    </Dialog>
  );
}
