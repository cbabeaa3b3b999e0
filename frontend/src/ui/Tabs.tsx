/** Views of one thing behind a row of names; arrows move, as WAI-ARIA's tabs pattern asks. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./Tabs.module.css";

export type Tab = { id: string; label: ReactNode; content: ReactNode };
export type TabsProps = { label: string; tabs: Tab[]; selected: string; onSelect: (id: string) => void };

export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = tabs.find((tab) => tab.id === selected) ?? tabs[0];

  // Where they have no room they are a line that scrolls.
  useEffect(() => {
    list.current
      ?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected]);

  function onKeyDown(event: KeyboardEvent) {
    const index = tabs.findIndex((tab) => tab.id === current?.id);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl" && event.key.startsWith("Arrow");
    const next = tabs[(index + (isRtl ? -step : step) + tabs.length) % tabs.length];
    if (next === undefined) return;
    onSelect(next.id);
    const buttons = list.current?.querySelectorAll<HTMLElement>("[role=tab]") ?? [];
    [...buttons].find((button) => button.dataset.tab === next.id)?.focus();
  }

  return (
    <div className={styles.tabs}>
      <div className={styles.list} role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            data-tab={tab.id}
            id={`${base}-${tab.id}`}
            className={styles.tab}
            aria-selected={tab.id === current?.id}
            aria-controls={`${base}-panel`}
            tabIndex={tab.id === current?.id ? 0 : -1}
            onClick={() => onSelect(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        id={`${base}-panel`}
        role="tabpanel"
        aria-labelledby={`${base}-${current?.id ?? ""}`}
        className={styles.panel}
      >
        {current?.content}
      </div>
    </div>
  );
}
