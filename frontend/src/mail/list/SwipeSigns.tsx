/** What a swipe would do, shown under the row that moves away. */
import {
  Archive,
  Clock,
  FolderInput,
  type LucideIcon,
  MailOpen,
  ShieldAlert,
  Star,
  Tag,
  Trash2,
} from "lucide-react";
import { type SwipeAct, usePreferences } from "@/app";
import styles from "./MessageList.module.css";

const signs: Record<Exclude<SwipeAct, "none">, LucideIcon> = {
  archive: Archive,
  trash: Trash2,
  read: MailOpen,
  star: Star,
  junk: ShieldAlert,
  move: FolderInput,
  tag: Tag,
  snooze: Clock,
};

export function SwipeSigns() {
  const { swipeStart, swipeStartLong, swipeEnd, swipeEndLong } = usePreferences();
  const acts = {
    "end-short": swipeEnd,
    "end-long": swipeEndLong,
    "start-short": swipeStart,
    "start-long": swipeStartLong,
  };
  return (
    <div className={styles.swipe} aria-hidden="true">
      {Object.entries(acts).map(([reach, act]) => {
        const Sign = act === "none" ? null : signs[act];
        return (
          <span key={reach} data-reach={reach}>
            {Sign !== null && <Sign />}
          </span>
        );
      })}
    </div>
  );
}
