/** "412 / 500" and "1.2 TB / 2 TB"; the limit is left out where there is none. */
import type { ReactNode } from "react";
import styles from "../Admin.module.css";

type UsageProps = { used: ReactNode; limit: unknown; show: (limit: number) => string };

export function Usage({ used, limit, show }: UsageProps) {
  return (
    <span className={styles.usage}>
      {used}
      {typeof limit === "number" && limit > 0 && <span className={styles.limit}> / {show(limit)}</span>}
    </span>
  );
}
