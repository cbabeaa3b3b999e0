/** A tag as it stands on messages: its name on its colour. */
import { useEffect } from "react";
import { useKept } from "@/app";
import styles from "./Tags.module.css";
import { learnTags, tagOf } from "./tags";

export function TagPills({ keywords, most = 50 }: { keywords: readonly string[]; most?: number }) {
  const kept = useKept();
  useEffect(() => learnTags(keywords), [keywords]);
  return keywords.slice(0, most).map((keyword) => {
    const { name, hue } = tagOf(kept, keyword);
    return (
      <span key={keyword} className={styles.pill} data-hue={hue}>
        {name}
      </span>
    );
  });
}
