/** Comes down with the finger that pulls the list, and turns while the server is asked. */
import { RefreshCw } from "lucide-react";
import styles from "./MessageList.module.css";

export function PullSign() {
  return (
    <div className={styles.pull} aria-hidden="true">
      <RefreshCw />
    </div>
  );
}
