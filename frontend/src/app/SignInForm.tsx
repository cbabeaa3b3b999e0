/** Address and password; used by the sign-in page and by the dialog over a page whose session ended. */
import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useState } from "react";
import { isApiError } from "@/api";
import { Button, Field, IconButton } from "@/ui";
import styles from "./SignIn.module.css";
import { signIn } from "./session";

export type SignInFormProps = { login?: string };

export function SignInForm({ login: given }: SignInFormProps) {
  const { t } = useLingui();
  const [login, setLogin] = useState(given ?? "");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    try {
      await signIn(login.trim(), password);
    } catch (problem) {
      setError(reasonOf(problem));
      setPending(false);
    }
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
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" size="l" pending={isPending}>
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}

function reasonOf(error: unknown): string {
  if (
    isApiError(error, "UNAUTHENTICATED") ||
    isApiError(error, "PERMISSION_DENIED") ||
    isApiError(error, "NOT_FOUND")
  ) {
    return t`Address or password is wrong.`;
  }
  if (isApiError(error, "RATE_LIMITED")) return t`Too many attempts. Please wait a few minutes.`;
  if (isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT"))
    return t`The server cannot be reached. Please try again.`;
  return isApiError(error) ? error.message : t`That did not work. Please try again.`;
}
