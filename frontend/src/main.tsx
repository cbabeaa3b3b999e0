/** Entry: language, theme, then the page. */
import "@fontsource-variable/inter";
import "@fontsource-variable/source-serif-4";
import "./ui/tokens.css";
import "./ui/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { messages } from "./locales/en.po";
import { Button } from "./ui/Button";

const root = document.getElementById("root");
i18n.load("en", messages);
i18n.activate("en");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Button variant="primary">
          <Trans>Write</Trans>
        </Button>
      </I18nProvider>
    </StrictMode>,
  );
}
