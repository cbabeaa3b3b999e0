/**
 * Swiping a row with a finger: a short and a long way towards each side, each with an act that the user chose.
 *
 * Works on the elements directly, since a state change per frame would draw the whole list again.
 */
const START_PX = 12;
const SHORT = 0.22;
const LONG = 0.55;

/** Where a swipe stands: towards the start or end of the line, not far enough, short or long. */
export type SwipeReach = `${"start" | "end"}-${"none" | "short" | "long"}`;

export function reachOf(dx: number, width: number, isRtl: boolean): SwipeReach {
  const share = Math.abs(dx) / Math.max(1, width);
  return `${dx < 0 !== isRtl ? "start" : "end"}-${share < SHORT ? "none" : share < LONG ? "short" : "long"}`;
}

/** Follows fingers on the rows of a list, until what it gives back is called. */
export function listenForSwipes(
  element: HTMLElement,
  onSwipe: (reach: SwipeReach, id: string) => void,
): () => void {
  let row: HTMLElement | null = null;
  let start = { x: 0, y: 0 };
  let isSwiping = false;

  function reset() {
    if (row !== null) {
      row.style.translate = "";
      row.style.transition = "";
    }
    delete element.dataset.swipe;
    row = null;
    isSwiping = false;
  }
  function onDown(event: PointerEvent) {
    if (event.pointerType !== "touch" || !(event.target instanceof Element)) return;
    row = event.target.closest<HTMLElement>("[role=row]");
    start = { x: event.clientX, y: event.clientY };
  }
  function onMove(event: PointerEvent) {
    if (row === null) return;
    const dx = event.clientX - start.x;
    const dy = event.clientY - start.y;
    if (!isSwiping && Math.abs(dx) > START_PX && Math.abs(dx) > 2 * Math.abs(dy)) {
      isSwiping = true;
      row.setPointerCapture(event.pointerId);
    }
    if (!isSwiping) return;
    row.style.translate = `${dx}px 0`;
    const reach = reachOf(dx, row.clientWidth, getComputedStyle(element).direction === "rtl");
    // A tick of the phone tells where the act changes.
    if (element.dataset.swipe !== undefined && element.dataset.swipe !== reach) navigator.vibrate?.(10);
    element.dataset.swipe = reach;
    element.style.setProperty(
      "--swipe-top",
      `${row.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop}px`,
    );
  }
  function onUp() {
    const id = row?.dataset.id;
    const reach = element.dataset.swipe as SwipeReach | undefined;
    if (isSwiping) {
      // The click that follows a swipe must not open the message; the list looks for this mark.
      element.dataset.swiped = "";
      setTimeout(() => delete element.dataset.swiped, 50);
    }
    reset();
    if (id !== undefined && reach !== undefined && !reach.endsWith("none")) onSwipe(reach, id);
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
}
