/** What a page says when it has nothing to show. */
import type { ReactNode } from "react";
import styles from "./Empty.module.css";

export type EmptyProps = {
  icon?: ReactNode;
  title: ReactNode;
  /** It stands for the page itself: its title is the page's heading. */
  isPage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
};

export function Empty({ icon, title, isPage, children, action }: EmptyProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className={styles.empty}>
      {icon !== undefined && (
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}
