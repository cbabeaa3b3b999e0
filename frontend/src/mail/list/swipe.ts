/**
 * Swiping a row with a finger: to the start side archives, to the end side marks read or unread.
 *
 * Works on the elements directly, since a state change per frame would draw the whole list again.
 */
import { useEffect } from "react";

const START_PX = 12;
const SHARE = 0.35;

export type SwipeHandlers = { onArchive: (id: string) => void; onToggleRead: (id: string) => void };

export function useSwipe(element: HTMLElement | null, handlers: () => SwipeHandlers): void {
  useEffect(() => {
    if (element === null) return;
    let row: HTMLElement | null = null;
    let start = { x: 0, y: 0 };
    let dx = 0;
    let isSwiping = false;

    function reset() {
      if (row !== null) {
        row.style.translate = "";
        row.style.transition = "";
      }
      delete element?.dataset.swipe;
      row = null;
      isSwiping = false;
      dx = 0;
    }
    function onDown(event: PointerEvent) {
      if (event.pointerType !== "touch" || !(event.target instanceof Element)) return;
      row = event.target.closest<HTMLElement>("[role=row]");
      start = { x: event.clientX, y: event.clientY };
    }
    function onMove(event: PointerEvent) {
      if (row === null || element === null) return;
      dx = event.clientX - start.x;
      const dy = event.clientY - start.y;
      if (!isSwiping && Math.abs(dx) > START_PX && Math.abs(dx) > 2 * Math.abs(dy)) {
        isSwiping = true;
        row.setPointerCapture(event.pointerId);
      }
      if (!isSwiping) return;
      row.style.translate = `${dx}px 0`;
      const isFar = Math.abs(dx) > row.clientWidth * SHARE;
      const isRtl = getComputedStyle(element).direction === "rtl";
      element.dataset.swipe = `${dx < 0 !== isRtl ? "archive" : "read"}${isFar ? "-far" : ""}`;
      element.style.setProperty(
        "--swipe-top",
        `${row.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop}px`,
      );
    }
    function onUp() {
      const id = row?.dataset.id;
      const act = element?.dataset.swipe;
      if (isSwiping && element !== null) {
        // The click that follows a swipe must not open the message; the list looks for this mark.
        element.dataset.swiped = "";
        setTimeout(() => delete element.dataset.swiped, 50);
      }
      reset();
      if (id === undefined || act === undefined || !act.endsWith("-far")) return;
      navigator.vibrate?.(10);
      if (act.startsWith("archive")) handlers().onArchive(id);
      else handlers().onToggleRead(id);
    }
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", reset);
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", reset);
    };
  }, [element]);
}
