/** Entry: language, look, first questions to the server, then the page. */
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
import { loadSession, wasSignedIn } from "./app/session";
import { startShortcuts } from "./app/shortcuts";
import { setLocale } from "./lib/locale";
import { messages } from "./locales/en.po";
import { prefetchMail } from "./mail";
import { router } from "./routes";

void loadSession();
if (/^\/(mail|search)/.test(location.pathname) || (wasSignedIn() && location.pathname === "/"))
  prefetchMail();
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
