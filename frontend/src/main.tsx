/** Entry: language, look, the answer to the first question, then the page. */
import "@fontsource-variable/inter";
import "@fontsource-variable/source-serif-4";
import "./ui/tokens.css";
import "./ui/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { whenIdle } from "./app/idle";
import { currentPlace, navigate } from "./app/location";
import { preferences, startPreferences } from "./app/preferences";
import { redirectOf } from "./app/routes";
import { beginSession, currentSession, type KnownSession, loadSession, resumeSession } from "./app/session";
import { startShortcuts } from "./app/shortcuts";
import { speak } from "./language";
import { languageOf } from "./lib/languages";
import { beginKeptMail, beginMail, mailStore } from "./mail";
import { keptHere, started, startedWith } from "./start";

/** Whose kept rows are on screen. */
let shownFor: string | undefined;

beginSession(
  started.then((answer) => {
    const viewer = answer?.viewer?.id;
    if (viewer !== undefined && shownFor !== undefined && viewer !== shownFor) mailStore.clear();
    // The list is there before the session is known: the first picture of the page has it.
    if (answer?.mailboxes !== undefined) beginMail(answer.mailboxes, answer.view, startedWith.mailboxId);
    return answer;
  }),
);
startPreferences();
startShortcuts();

const root = document.getElementById("root");
if (root !== null) void show(createRoot(root));

/** The server's answer, or where this device is quicker, what it keeps of whoever was here last. */
function firstSession(): Promise<KnownSession> {
  const answer = loadSession();
  const kept = keptHere.then((found) => {
    if (found === null || currentSession().status !== "loading") return answer;
    shownFor = found.viewer.id;
    beginKeptMail(found);
    void answer.then(({ status }) => (status === "signedIn" ? mailStore.endKept() : mailStore.clear()));
    return resumeSession(found);
  });
  return Promise.race([answer, kept]);
}

/** Draws the page once it is known for whom, so that the first picture is the whole one and no work is thrown away. */
async function show(page: ReturnType<typeof createRoot>): Promise<void> {
  const [session] = await Promise.all([firstSession(), speak(languageOf(preferences().language))]);
  const { route, address } = currentPlace();
  const elsewhere = redirectOf(route, address, session);
  if (elsewhere !== undefined) navigate(elsewhere, { replace: true });
  flushSync(() =>
    page.render(
      <StrictMode>
        <I18nProvider i18n={i18n}>
          <App />
        </I18nProvider>
      </StrictMode>,
    ),
  );
  // Nothing is asked for beside the first rows.
  await started;
  whenIdle(
    () =>
      void import("./app/keptFocus")
        .then(({ startKeepingFocus }) => startKeepingFocus())
        .catch(() => undefined),
  );
  whenIdle(
    () => void import("./app/updates").then(({ startUpdates }) => startUpdates()).catch(() => undefined),
  );
}
