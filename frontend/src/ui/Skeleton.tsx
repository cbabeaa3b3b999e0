/** A grey stand-in while something is loading; hidden from screen readers. */
import styles from "./Progress.module.css";

export function Skeleton({ width = "100%", height = "1em" }: { width?: string; height?: string }) {
  return (
    <span className={styles.skeleton} style={{ inlineSize: width, blockSize: height }} aria-hidden="true" />
  );
}
