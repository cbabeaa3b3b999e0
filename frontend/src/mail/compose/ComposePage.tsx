/** A browser window with one message being written, and nothing else. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState, useSyncExternalStore } from "react";
import {
  type ComposePlace,
  composeHref,
  Link,
  mailHref,
  navigate,
  useTitle,
  useViewer,
  type Viewer,
} from "@/app";
import { Empty, Spinner } from "@/ui";
import styles from "./ComposePage.module.css";
import { ComposeWindow } from "./ComposeWindow";
import type { Composer } from "./composer";
import { begin, composers, followWindow, hasUnsavedDrafts, restoreDraft, takeOver } from "./composers";
import { listen } from "./listening";
import { problemOf } from "./problems";
import { findOpener, openerOf, tell } from "./windows";

/** Asked only once, however often the page is drawn. */
let starting: Promise<void> | undefined;

async function start({ messageKey, intent }: ComposePlace, viewer: Viewer): Promise<void> {
  if (messageKey !== undefined) await ((await takeOver(messageKey)) || restoreDraft(messageKey));
  else if (intent !== undefined) {
    await begin(intent, viewer);
    await findOpener();
  }
}

export function ComposePage(place: ComposePlace) {
  const { t } = useLingui();
  const viewer = useViewer();
  const composer = useSyncExternalStore(composers.subscribe, composers.get).at(-1);
  const [isStarted, setStarted] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    listen();
    starting ??= start(place, viewer);
    starting.catch((error: unknown) => setProblem(problemOf(error).message)).finally(() => setStarted(true));
    return followWindow();
  }, []);

  if (composer !== undefined) return <Writing composer={composer} />;
  return (
    <main className={styles.page}>
      {isStarted ? (
        <Empty title={problem ?? <Trans>This message is not being written here any more</Trans>}>
          <Trans>What was saved is in Drafts.</Trans> <Link to={mailHref()}>{t`Open mail`}</Link>
        </Empty>
      ) : (
        <Spinner label={t`Loading`} />
      )}
    </main>
  );
}

function Writing({ composer }: { composer: Composer }) {
  const { t } = useLingui();
  const { key, content } = useSyncExternalStore(composer.subscribe, composer.get);
  useTitle(content.subject.trim() || t`New message`);

  useEffect(() => {
    // Loaded anew, the window goes on with this message.
    navigate(composeHref(key), { replace: true });
    const onUnload = (event: BeforeUnloadEvent) => hasUnsavedDrafts() && event.preventDefault();
    const onHide = () => tell("left", { to: openerOf(), key });
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener("pagehide", onHide);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("pagehide", onHide);
    };
  }, [key]);

  return (
    <main className={styles.page}>
      <ComposeWindow composer={composer} />
    </main>
  );
}
