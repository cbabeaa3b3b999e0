/**
 * Address and password, or a passkey; then the second step. Used by the sign-in page and by the dialog over a page
 * whose session ended.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff, Fingerprint } from "lucide-react";
import { type FormEvent, useState } from "react";
import { canUsePasskeys } from "@/lib/passkeys";
import { Button, Field, IconButton } from "@/ui";
import { SecondStepForm } from "./SecondStepForm";
import styles from "./SignIn.module.css";
import { type SecondStep, signIn, signInWithPasskey } from "./session";
import { reasonOf } from "./signInReasons";

export type SignInFormProps = { login?: string };

export function SignInForm({ login: given }: SignInFormProps) {
  const { t } = useLingui();
  const [login, setLogin] = useState(given ?? "");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [isPending, setPending] = useState(false);
  /** Of the password, or of the passkey. */
  const [error, setError] = useState<{ of: "password" | "passkey"; text: string }>();
  const [secondStep, setSecondStep] = useState<SecondStep | null>(null);

  async function attempt(of: "password" | "passkey", verb: () => Promise<unknown>) {
    setPending(true);
    setError(undefined);
    try {
      await verb();
    } catch (problem) {
      setError({ of, text: reasonOf(problem) });
    }
    setPending(false);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isPending) void attempt("password", async () => setSecondStep(await signIn(login.trim(), password)));
  }

  if (secondStep !== null) {
    return (
      <SecondStepForm
        asked={secondStep}
        onAgain={(reason) => {
          setSecondStep(null);
          setPassword("");
          setError(reason === undefined ? undefined : { of: "password", text: reason });
        }}
      />
    );
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t`Address`}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="email"
        required
        readOnly={given !== undefined}
        autoFocus={given === undefined}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <Field
        label={t`Password`}
        name="password"
        type={isShown ? "text" : "password"}
        autoComplete="current-password"
        required
        autoFocus={given !== undefined}
        value={password}
        error={error?.of === "password" ? error.text : undefined}
        onChange={(event) => setPassword(event.target.value)}
        suffix={
          <IconButton
            size="s"
            label={isShown ? t`Hide password` : t`Show password`}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff /> : <Eye />}
          </IconButton>
        }
      />
      {error?.of === "passkey" && (
        <p className={styles.error} role="alert">
          {error.text}
        </p>
      )}
      <Button type="submit" variant="primary" size="l" pending={isPending}>
        <Trans>Sign in</Trans>
      </Button>
      {canUsePasskeys() && (
        <Button size="l" icon={<Fingerprint />} onClick={() => void attempt("passkey", signInWithPasskey)}>
          <Trans>Use a passkey</Trans>
        </Button>
      )}
    </form>
  );
}
