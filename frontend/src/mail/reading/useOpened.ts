/** Which messages of a conversation stand open; all of them come and go a few at a time, as frames cost. */
import { useEffect, useState } from "react";
import type { Row } from "../store/types";
import { areOpen, type Goal, nextToChange, openedAtFirst } from "./conversation";

const PAUSE_MS = 50;

export type Opened = {
  opened: ReadonlySet<string>;
  /** All are open, or on the way to it. */
  areAllOpen: boolean;
  toggle: (id: string) => void;
  openAll: (on: boolean) => void;
};

export function useOpened(own: Row, others: readonly Row[], rows: readonly Row[]): Opened {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => openedAtFirst(own, others));
  const [goal, setGoal] = useState<Goal>();
  const next = goal === undefined ? [] : nextToChange(goal, rows, own.id, opened);
  const stamp = next.join(" ");

  useEffect(() => {
    if (goal === undefined) return;
    const timer = setTimeout(() => {
      if (stamp === "") setGoal(undefined);
      else setOpened((before) => changed(before, stamp.split(" "), goal));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [goal, stamp]);

  return {
    opened,
    areAllOpen: goal === undefined ? areOpen(rows, own.id, opened) : goal === "open",
    toggle: (id) => {
      setGoal(undefined);
      setOpened(changed(opened, [id], opened.has(id) ? "folded" : "open"));
    },
    openAll: (on) => setGoal(on ? "open" : "folded"),
  };
}

function changed(before: ReadonlySet<string>, ids: readonly string[], goal: Goal): ReadonlySet<string> {
  const after = new Set(before);
  for (const id of ids) {
    if (goal === "open") after.add(id);
    else after.delete(id);
  }
  return after;
}
