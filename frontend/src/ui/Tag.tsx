/** A short word about a thing: a label of a message, a state in a table. */
import type { ReactNode } from "react";
import styles from "./Tag.module.css";

export type TagProps = {
  children: ReactNode;
  tone?: "plain" | "ok" | "danger" | "ember" | "accent";
  icon?: ReactNode;
};

export function Tag({ children, tone = "plain", icon }: TagProps) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

/** A state with a sign and a word, never colour alone. */
export function State({ tone, children }: { tone: "ok" | "danger" | "plain"; children: ReactNode }) {
  const sign = tone === "ok" ? "●" : tone === "danger" ? "▲" : "○";
  return (
    <span className={styles.state} data-tone={tone}>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      {children}
    </span>
  );
}
