/** Pulling the list down asks the server anew. */
import { useEffect } from "react";
import { refresh } from "../refresh";

const hasTouch = matchMedia("(any-pointer: coarse)").matches;

/** Where there are fingers; what follows them is loaded then. */
export function usePull(element: HTMLElement | null): void {
  useEffect(() => {
    if (element === null || !hasTouch) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./pull").then(({ listenForPulls }) => {
      if (isOver) return;
      stop = listenForPulls(element, refresh);
      performance.mark("pull-followed");
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [element]);
}
