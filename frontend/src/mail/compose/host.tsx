/** The surfaces on which messages are written: windows at the foot, one page on a phone. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useSyncExternalStore } from "react";
import { currentSession } from "@/app";
import styles from "./Compose.module.css";
import { ComposeWindow } from "./ComposeWindow";
import { composers, followWindow, restoreDrafts } from "./composers";
import { offerUndoAgain } from "./endings";
import { listen } from "./listening";
import { OutboxNote } from "./OutboxNote";
import { outbox } from "./outbox";
import { followWaiting } from "./waiting";

export function ComposeHost() {
  const { t } = useLingui();
  const open = useSyncExternalStore(composers.subscribe, composers.get);
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.get);

  useEffect(() => {
    listen();
    void restoreDrafts();
    const session = currentSession();
    if (session.status === "signedIn") offerUndoAgain(session.viewer.id);
    const ends = [followWindow(), followWaiting()];
    return () => {
      for (const end of ends) end();
    };
  }, []);

  if (open.length === 0 && waiting.length === 0) return null;
  return (
    <section className={styles.dock} aria-label={t`Messages being written`}>
      <OutboxNote />
      {open.map((composer) => (
        <ComposeWindow key={composer.get().key} composer={composer} />
      ))}
    </section>
  );
}
