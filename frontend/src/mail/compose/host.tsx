/** The surfaces on which messages are written: windows at the foot, one page on a phone. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useSyncExternalStore } from "react";
import { currentSession } from "@/app";
import styles from "./Compose.module.css";
import { ComposeWindow } from "./ComposeWindow";
import { composers, followWindow, restoreDrafts } from "./composers";
import { offerUndoAgain } from "./endings";
import { listen } from "./listening";

export function ComposeHost() {
  const { t } = useLingui();
  const open = useSyncExternalStore(composers.subscribe, composers.get);

  useEffect(() => {
    listen();
    void restoreDrafts();
    const session = currentSession();
    if (session.status === "signedIn") offerUndoAgain(session.viewer.id);
    return followWindow();
  }, []);

  if (open.length === 0) return null;
  return (
    <section className={styles.dock} aria-label={t`Messages being written`}>
      {open.map((composer) => (
        <ComposeWindow key={composer.get().key} composer={composer} />
      ))}
    </section>
  );
}
