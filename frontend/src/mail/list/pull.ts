/**
 * Pulling a list down with a finger, from its top, to ask for what is new.
 *
 * Works on the element directly, as swipes do: `data-pull` says how far it is, `--pull` where the sign stands.
 */
const READY_PX = 64;
const MOST_PX = 96;

export type PullState = "pulling" | "ready" | "busy";

/** How far the sign follows a finger that went so far: half the way, and ever less towards the end. */
export function pulled(dy: number): number {
  return Math.round(MOST_PX * (1 - Math.exp(-Math.max(0, dy) / (1.6 * MOST_PX))));
}

export function stateOf(distance: number): PullState {
  return distance >= READY_PX ? "ready" : "pulling";
}

/** Follows fingers until what it gives back is called; the sign stays until `refresh` has ended. */
export function listenForPulls(element: HTMLElement, refresh: () => Promise<void>): () => void {
  let start: { x: number; y: number } | undefined;

  function show(state: PullState, distance: number) {
    // A tick of the phone tells that letting go is enough now.
    if (state === "ready" && element.dataset.pull === "pulling") navigator.vibrate?.(10);
    element.dataset.pull = state;
    element.style.setProperty("--pull", `${distance}px`);
  }
  function reset() {
    start = undefined;
    if (element.dataset.pull === "busy") return;
    delete element.dataset.pull;
    element.style.removeProperty("--pull");
  }
  function onStart({ touches }: TouchEvent) {
    const [finger] = touches;
    reset();
    if (finger === undefined || touches.length > 1 || element.scrollTop > 0) return;
    if (element.dataset.pull === undefined) start = { x: finger.clientX, y: finger.clientY };
  }
  function onMove(event: TouchEvent) {
    const [finger] = event.touches;
    if (start === undefined || finger === undefined) return;
    const dy = finger.clientY - start.y;
    const isPulled = element.dataset.pull !== undefined;
    const isElsewhere = dy <= Math.abs(finger.clientX - start.x) || element.dataset.swipe !== undefined;
    // What begins as scrolling or as a swipe stays that; what begins as a pull may be taken back by it.
    if (event.touches.length > 1 || (!isPulled && isElsewhere)) return reset();
    if (event.cancelable) event.preventDefault();
    const distance = pulled(dy);
    show(stateOf(distance), distance);
  }
  async function onEnd() {
    const isMeant = start !== undefined && element.dataset.pull === "ready";
    if (!isMeant) return reset();
    start = undefined;
    show("busy", READY_PX);
    await refresh();
    delete element.dataset.pull;
    reset();
  }
  const end = () => void onEnd();
  element.addEventListener("touchstart", onStart, { passive: true });
  element.addEventListener("touchmove", onMove, { passive: false });
  element.addEventListener("touchend", end);
  element.addEventListener("touchcancel", reset);
  return () => {
    element.removeEventListener("touchstart", onStart);
    element.removeEventListener("touchmove", onMove);
    element.removeEventListener("touchend", end);
    element.removeEventListener("touchcancel", reset);
  };
}
