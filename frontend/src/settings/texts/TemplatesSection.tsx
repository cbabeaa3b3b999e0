/** Templates, which are inserted while one writes. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { LayoutTemplate } from "lucide-react";
import { request } from "@/api";
import { Loaded } from "@/ui/Loaded";
import {
  CreateTemplateMutation,
  RemoveTemplateMutation,
  TemplatesSettingsQuery,
  UpdateTemplateMutation,
} from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { useSettingsQuery } from "../shared/useSettingsQuery";
import { KeptTexts } from "./KeptTexts";
import type { Text } from "./TextDialog";

export const templates: Section = {
  id: "templates",
  icon: LayoutTemplate,
  group: "mail",
  title: msg`Templates`,
  words: msg`template canned reply text block snippet`,
  needsMail: true,
  Page: TemplatesPage,
};

const inputOf = ({ name, subject = "", html }: Text) => ({ name, subject, html });

function TemplatesPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("templates", TemplatesSettingsQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Texts that you write again and again. Insert one while you write, by the menu at the foot of the
          message.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ templates: texts }) => (
          <KeptTexts
            texts={texts}
            blank={{ name: "", subject: "", html: "" }}
            icon={<LayoutTemplate aria-hidden="true" />}
            words={{
              list: t`Templates`,
              add: t`New template`,
              change: t`Change template`,
              saved: t`Template saved`,
              removed: t`Template removed`,
              remove: t`Remove the template?`,
              consequence: t`Messages that were written with it stay as they are.`,
              none: t`No templates yet`,
              hint: t`Write one here, or save a message as a template while you write it.`,
            }}
            create={(text) => request(CreateTemplateMutation, { input: inputOf(text) })}
            update={(id, text) => request(UpdateTemplateMutation, { id, input: inputOf(text) })}
            remove={(id) => request(RemoveTemplateMutation, { id })}
          />
        )}
      </Loaded>
    </>
  );
}
