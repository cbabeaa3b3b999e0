/** The session ended while the page is in use: sign in again over it, and go on where one was. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Dialog } from "@/ui";
import { SignInForm } from "./SignInForm";
import { useSession } from "./session";

export function SessionExpired() {
  const { t } = useLingui();
  const session = useSession();
  if (session.status !== "signedIn" || !session.isExpired) return null;
  return (
    <Dialog
      open
      dismissable={false}
      role="alertdialog"
      size="s"
      title={t`Please sign in again`}
      onClose={() => undefined}
      footer={
        <Button variant="quiet" onClick={() => location.assign("/signin")}>
          <Trans>Leave this page</Trans>
        </Button>
      }
    >
      <p style={{ marginBlockEnd: "var(--s4)" }}>
        <Trans>Your session has ended. What you have written is still here.</Trans>
      </p>
      <SignInForm login={session.viewer.address ?? session.viewer.name} />
    </Dialog>
  );
}
