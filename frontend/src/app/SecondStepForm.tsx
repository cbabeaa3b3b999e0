/** The password was right: a code of the authenticator app, a passkey, or a recovery code. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fingerprint } from "lucide-react";
import { type FormEvent, useState } from "react";
import { isApiError } from "@/api";
import { askPasskey, canUsePasskeys } from "@/lib/passkeys";
import { Button, Field } from "@/ui";
import styles from "./SignIn.module.css";
import { finishSignIn, type SecondStep } from "./session";
import { reasonOf } from "./signInReasons";

type Props = {
  asked: SecondStep;
  /** From the beginning: by choice, or because it took too long. */
  onAgain: (reason?: string) => void;
};

export function SecondStepForm({ asked, onAgain }: Props) {
  const { t } = useLingui();
  const hasApp = asked.methods.includes("APP");
  const options = canUsePasskeys() ? asked.passkeyOptions : null;
  const [isOnPaper, setOnPaper] = useState(!hasApp && options === null);
  const [code, setCode] = useState("");
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const asksForCode = isOnPaper || hasApp;

  async function attempt(verb: () => Promise<unknown>) {
    setPending(true);
    setError(undefined);
    try {
      await verb();
    } catch (problem) {
      if (isApiError(problem, "UNAUTHENTICATED") && problem.field === undefined) {
        return onAgain(problem.message);
      }
      setError(reasonOf(problem));
    }
    setPending(false);
  }
  async function confirmByPasskey() {
    const passkey = options === null ? null : await askPasskey(options);
    if (passkey !== null) await finishSignIn(asked.ticket, { passkey });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isPending) void attempt(() => finishSignIn(asked.ticket, { code }));
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      {asksForCode ? (
        <Field
          key={String(isOnPaper)}
          label={isOnPaper ? t`Recovery code` : t`Code of your authenticator app`}
          help={isOnPaper ? t`One of those you wrote down; each is good once.` : t`Six digits.`}
          inputMode={isOnPaper ? "text" : "numeric"}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={40}
          value={code}
          error={error}
          onChange={(event) => setCode(event.target.value)}
        />
      ) : (
        <p>
          <Trans>Confirm with your passkey that it is you.</Trans>
        </p>
      )}
      {!asksForCode && error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {asksForCode && (
        <Button type="submit" variant="primary" size="l" pending={isPending} disabled={code.trim() === ""}>
          <Trans>Continue</Trans>
        </Button>
      )}
      {options !== null && (
        <Button
          variant={asksForCode ? "plain" : "primary"}
          size="l"
          autoFocus={!asksForCode}
          icon={<Fingerprint />}
          onClick={() => void attempt(confirmByPasskey)}
        >
          <Trans>Use a passkey</Trans>
        </Button>
      )}
      <div className={styles.others}>
        <Button
          variant="link"
          onClick={() => {
            setOnPaper(!isOnPaper && asked.methods.includes("RECOVERY_CODE"));
            setCode("");
            setError(undefined);
          }}
        >
          {isOnPaper && hasApp ? <Trans>Use the app instead</Trans> : <Trans>Use a recovery code</Trans>}
        </Button>
        <Button variant="link" onClick={() => onAgain()}>
          <Trans>Start again</Trans>
        </Button>
      </div>
    </form>
  );
}
