/** Entry: language, look, the answer to the first question, then the page. */
import "@fontsource-variable/inter";
import "@fontsource-variable/source-serif-4";
import "./ui/tokens.css";
import "./ui/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startPreferences } from "./app/preferences";
import { beginSession } from "./app/session";
import { startShortcuts } from "./app/shortcuts";
import { setLocale } from "./lib/locale";
import { messages } from "./locales/en.po";
import { beginMail } from "./mail";
import { router } from "./routes";
import { started, startedWith } from "./start";

beginSession(
  started.then((answer) => {
    // The list is there before the session is known: the first picture of the page has it.
    if (answer?.mailboxes !== undefined) beginMail(answer.mailboxes, answer.view, startedWith.mailboxId);
    return answer;
  }),
);
startPreferences();
startShortcuts();
i18n.load("en", messages);
i18n.activate("en");
setLocale("en");

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <RouterProvider router={router} />
      </I18nProvider>
    </StrictMode>,
  );
}
