/** What a page says when it has nothing to show. */
import type { ReactNode } from "react";
import styles from "./Empty.module.css";

export type EmptyProps = { icon?: ReactNode; title: ReactNode; children?: ReactNode; action?: ReactNode };

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      {icon !== undefined && (
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}
