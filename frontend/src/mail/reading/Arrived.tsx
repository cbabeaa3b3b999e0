/** "1 new message": a way to what has come into the conversation out of sight. Gone once that was seen. */
import { Plural } from "@lingui/react/macro";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import styles from "./Arrived.module.css";
import type { Order } from "./conversation";
import { scrollToTop, sectionsOf, watchSight } from "./scrolling";

export type ArrivedProps = {
  /** What has come since the conversation was opened and was not seen, in reading order. */
  ids: readonly string[];
  list: RefObject<HTMLElement | null>;
  order: Order;
  onSeen: (id: string) => void;
};

export function Arrived({ ids, list, order, onSeen }: ArrivedProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const stamp = ids.join(" ");

  useEffect(() => {
    if (list.current === null || stamp === "") return;
    return watchSight(list.current, stamp.split(" "), (id, isInSight) => {
      if (isInSight) onSeen(id);
      else setHidden((before) => new Set([...before, id]));
    });
  }, [stamp, list, onSeen]);

  const away = ids.filter((id) => hidden.has(id));
  const count = away.length;
  if (count === 0) return null;
  function go() {
    const first = order === "newest-last" ? away[0] : away.at(-1);
    const section = sectionsOf(list.current).find((one) => one.dataset.message === first);
    if (section === undefined) return;
    section.focus({ preventScroll: true });
    scrollToTop(section);
  }
  return (
    <div className={styles.arrived} data-order={order}>
      <button type="button" onClick={go}>
        {order === "newest-last" ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />}
        <Plural value={count} one="# new message" other="# new messages" />
      </button>
    </div>
  );
}
