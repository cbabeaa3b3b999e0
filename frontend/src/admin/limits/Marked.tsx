/** A text in which what was searched for is marked. */
import { pieces } from "./found";
import styles from "./Limits.module.css";

export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return pieces(text, words).map(({ text: piece, isHit }, place) => {
    // The pieces of a text have nothing else by which they are known.
    const key = `${place}`;
    return isHit ? (
      <mark key={key} className={styles.hit}>
        {piece}
      </mark>
    ) : (
      <span key={key}>{piece}</span>
    );
  });
}
