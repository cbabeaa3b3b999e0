/** Signatures, which an address begins messages with. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Signature as SignatureIcon } from "lucide-react";
import { request } from "@/api";
import { refreshViewer } from "@/app";
import { Loaded } from "@/ui/Loaded";
import {
  CreateSignatureMutation,
  RemoveSignatureMutation,
  SignaturesSettingsQuery,
  UpdateSignatureMutation,
} from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { useSettingsQuery } from "../shared/useSettingsQuery";
import { KeptTexts } from "./KeptTexts";

export const signatures: Section = {
  id: "signatures",
  icon: SignatureIcon,
  group: "mail",
  title: msg`Signatures`,
  words: msg`signature footer greeting regards`,
  needsMail: true,
  Page: SignaturesPage,
};

function SignaturesPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("signatures", SignaturesSettingsQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Lines below what you write. Under Addresses you choose which of them new messages and answers begin
          with.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ signatures: texts }) => (
          <KeptTexts
            texts={texts}
            blank={{ name: "", html: "" }}
            icon={<SignatureIcon aria-hidden="true" />}
            words={{
              list: t`Signatures`,
              add: t`New signature`,
              change: t`Change signature`,
              saved: t`Signature saved`,
              removed: t`Signature removed`,
              remove: t`Remove the signature?`,
              consequence: t`Addresses that begin messages with it have none then.`,
              none: t`No signatures yet`,
              hint: t`Write one, then choose it for an address.`,
            }}
            create={({ name, html }) => request(CreateSignatureMutation, { input: { name, html } })}
            update={(id, { name, html }) => request(UpdateSignatureMutation, { id, input: { name, html } })}
            remove={async (id) => {
              const removed = await request(RemoveSignatureMutation, { id });
              await refreshViewer(); // Its addresses have none now.
              return removed;
            }}
          />
        )}
      </Loaded>
    </>
  );
}
