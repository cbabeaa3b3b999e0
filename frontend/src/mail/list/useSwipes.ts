/** What the user chose that swipes do. */
import { useEffect, useRef } from "react";
import { preferences } from "@/app";
import type { ActsOn } from "../useMailActs";
import type { SwipeReach } from "./swipe";

const hasTouch = matchMedia("(any-pointer: coarse)").matches;

/** Where there are fingers; what follows them is loaded then. */
export function useSwipes(element: HTMLElement | null, on: ActsOn): void {
  const latest = useRef(on);
  useEffect(() => {
    latest.current = on;
  });
  useEffect(() => {
    if (element === null || !hasTouch) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./swipe").then(({ listenForSwipes }) => {
      if (!isOver) stop = listenForSwipes(element, (reach, id) => act(latest.current, reach, id));
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [element]);
}

function act(on: ActsOn, reach: SwipeReach, id: string): void {
  const { swipeStart, swipeStartLong, swipeEnd, swipeEndLong } = preferences();
  const [side, way] = reach.split("-");
  const chosen =
    side === "start"
      ? way === "long"
        ? swipeStartLong
        : swipeStart
      : way === "long"
        ? swipeEndLong
        : swipeEnd;
  if (chosen === "none") return;
  if (chosen === "read") on.toggleRead([id], { isTold: true });
  else if (chosen === "star") on.toggleStar([id], { isTold: true });
  else on[chosen]([id]);
}
