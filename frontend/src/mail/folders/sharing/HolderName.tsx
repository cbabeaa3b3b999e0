/** Who holds rights, as people know them: a person, a group, or everyone. */
import { useLingui } from "@lingui/react/macro";
import { Globe, Users } from "lucide-react";
import { Avatar } from "@/ui";
import type { Holder } from "./documents";
import styles from "./Sharing.module.css";

const GROUP = "group:";

export function HolderName({ holder, kind, name = "" }: Pick<Holder, "holder" | "kind"> & { name?: string }) {
  const { t } = useLingui();
  const shown =
    kind === "ANYONE"
      ? t`Everyone in the domain`
      : kind === "GROUP"
        ? holder.slice(GROUP.length)
        : name || holder;
  const note = kind === "GROUP" ? t`Group` : kind === "USER" && name !== "" ? holder : "";
  return (
    <span className={styles.holder}>
      {kind === "USER" ? (
        <Avatar name={name || holder} address={holder} size="s" />
      ) : (
        <span className={styles.sign}>
          {kind === "GROUP" ? <Users aria-hidden="true" /> : <Globe aria-hidden="true" />}
        </span>
      )}
      <span className={styles.who}>
        <span className={styles.name}>{shown}</span>
        {note !== "" && <span className={styles.note}>{note}</span>}
      </span>
    </span>
  );
}
