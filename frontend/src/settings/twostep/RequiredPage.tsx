/** The page of somebody who has to set up a second step before anything else. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fingerprint, Smartphone } from "lucide-react";
import { useState } from "react";
import { refreshSession, signOut, useTitle } from "@/app";
import { canUsePasskeys } from "@/lib/passkeys";
import { Button } from "@/ui";
import { AppSetUp } from "./AppSetUp";
import { PasskeySetUp } from "./PasskeySetUp";
import styles from "./TwoStep.module.css";

export function RequiredPage() {
  const { t } = useLingui();
  const [doing, setDoing] = useState<"app" | "passkey">();
  const close = () => setDoing(undefined);
  const enter = () => void refreshSession().catch(() => location.assign("/"));
  useTitle(t`Two-step sign-in`);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1 className={styles.title}>
          <Trans>One more step to safety</Trans>
        </h1>
        <p>
          <Trans>
            Your administrator asks for a second step at sign-in. Choose one; it takes a minute. Mail programs
            need app passwords afterwards, which you make in the settings.
          </Trans>
        </p>
        <div className={styles.ways}>
          <Button variant="primary" size="l" icon={<Smartphone />} onClick={() => setDoing("app")}>
            <Trans>Authenticator app</Trans>
          </Button>
          {canUsePasskeys() && (
            <Button size="l" icon={<Fingerprint />} onClick={() => setDoing("passkey")}>
              <Trans>Passkey</Trans>
            </Button>
          )}
          <Button variant="quiet" size="l" onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </Button>
        </div>
      </div>
      {doing === "app" && <AppSetUp onDone={enter} onClose={close} />}
      {doing === "passkey" && <PasskeySetUp turnsOn onDone={enter} onClose={close} />}
    </main>
  );
}
