/** The page for everybody who is not signed in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Logo } from "./Logo";
import styles from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";
import { useSession } from "./session";
import { useTitle } from "./title";

export function SignInPage() {
  const { t } = useLingui();
  const session = useSession();
  useTitle(t`Sign in`);
  const hostname =
    session.status === "signedOut" || session.status === "signedIn" ? session.instance.hostname : "";
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={44} />
        <h1 className={styles.title}>
          <Trans>Sign in</Trans>
        </h1>
        <p className={styles.host}>{hostname}</p>
        <SignInForm />
      </div>
    </main>
  );
}
