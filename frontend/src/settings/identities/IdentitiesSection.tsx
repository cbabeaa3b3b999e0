/** As whom a user may write. The addresses are given by the administrator of the domain. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { AtSign, Pencil } from "lucide-react";
import { useState } from "react";
import { useViewer } from "@/app";
import { Avatar, IconButton, Tag } from "@/ui";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { JobTitle } from "./JobTitle";
import { type Identity, SenderDialog } from "./SenderDialog";

export const identities: Section = {
  id: "identities",
  icon: AtSign,
  group: "mail",
  title: msg`Addresses`,
  words: msg`identities aliases from sender behalf display name reply-to default job title`,
  needsMail: true,
  Page: IdentitiesPage,
};

function IdentitiesPage() {
  const { t } = useLingui();
  const viewer = useViewer();
  const [changed, setChanged] = useState<Identity>();
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          You may write as each of these; choose one in the line “From” of a letter. Your administrator adds
          others.
        </Trans>
      </p>
      <div className={styles.part}>
        <ul className={styles.rows} aria-label={t`Addresses`}>
          {viewer.identities.map((identity) => {
            const { name, address, mode, isDefault, replyTo } = identity;
            return (
              <li key={`${address} ${mode}`} className={styles.row}>
                <Avatar name={name || address} address={address} />
                <span className={styles.what}>
                  <span className={styles.name}>
                    {name || address}
                    {address === viewer.address && (
                      <Tag tone="accent">
                        <Trans>Yours</Trans>
                      </Tag>
                    )}
                    {isDefault && (
                      <Tag>
                        <Trans>Default</Trans>
                      </Tag>
                    )}
                    {mode === "BEHALF" && (
                      <Tag>
                        <Trans>On behalf</Trans>
                      </Tag>
                    )}
                  </span>
                  {name !== "" && <span className={styles.note}>{address}</span>}
                  {replyTo !== "" && (
                    <span className={styles.note}>
                      <Trans>Answers go to {replyTo}</Trans>
                    </span>
                  )}
                </span>
                {mode === null && (
                  <IconButton label={t`Change ${address}`} onClick={() => setChanged(identity)}>
                    <Pencil />
                  </IconButton>
                )}
              </li>
            );
          })}
        </ul>
        <JobTitle />
      </div>
      {changed !== undefined && <SenderDialog identity={changed} onClose={() => setChanged(undefined)} />}
    </>
  );
}
