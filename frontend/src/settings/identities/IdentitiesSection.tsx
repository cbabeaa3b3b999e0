/** As whom a user may write. The addresses are given by the administrator of the domain. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { AtSign } from "lucide-react";
import { useViewer } from "@/app";
import { Avatar, Tag } from "@/ui";
import styles from "../Settings.module.css";
import type { Section } from "../section";

export const identities: Section = {
  id: "identities",
  icon: AtSign,
  group: "mail",
  title: msg`Addresses`,
  words: msg`identities aliases from sender behalf`,
  needsMail: true,
  Page: IdentitiesPage,
};

function IdentitiesPage() {
  const { t } = useLingui();
  const viewer = useViewer();
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
          {viewer.identities.map(({ name, address, mode }) => (
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
                  {mode === "BEHALF" && (
                    <Tag>
                      <Trans>On behalf</Trans>
                    </Tag>
                  )}
                </span>
                {name !== "" && <span className={styles.note}>{address}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
