/**
 * The focus is never lost: where what had it leaves the page, or is disabled, what stands in its place takes it,
 * and where a dialog or a menu took it in between, what stands where that was opened from.
 *
 * Whoever gives it back by themselves is quicker; here it is only looked after once they had their time.
 */

const NOTICES = "[data-react-aria-top-layer]";
const OVERLAY = `[role=dialog], [role=alertdialog], [role=menu], ${NOTICES}`;
const PLACE = "main, nav, body";
const TABBABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
const GRACE_MS = 50;

/** One of the elements around what has the focus, and what stood beside it then. */
type Step = { child: Element; parent: Element; before: Element | null; after: Element | null };
/** Where the focus is: within what lies over the page, or on the page. */
type Spot = { element: Element; steps: readonly Step[]; overlay: Element | null };

/** Where the focus was when it first went into each of them; into the notices, which are always there, the last time. */
const openedFrom = new WeakMap<Element, Spot>();
let here: Spot | undefined;
let observer: MutationObserver | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function startKeepingFocus(): void {
  observer = new MutationObserver(look);
  document.addEventListener("focusin", ({ target }) => target instanceof Element && note(target));
  document.addEventListener("focusout", ({ relatedTarget }) => {
    // What is left on purpose, by a press beside it, is not what goes.
    if (relatedTarget === null) queueMicrotask(() => isLeft() && forget());
  });
  if (document.activeElement !== null && document.activeElement !== document.body)
    note(document.activeElement);
}

function isLeft(): boolean {
  return (
    document.activeElement === document.body &&
    here?.element.isConnected === true &&
    !isDisabled(here.element)
  );
}

function forget() {
  here = undefined;
  observer?.disconnect();
}

function note(element: Element) {
  const overlay = element.closest(OVERLAY);
  if (overlay !== null && overlay !== here?.overlay && here !== undefined)
    if (!openedFrom.has(overlay) || overlay.matches(NOTICES)) openedFrom.set(overlay, here);
  here = { element, steps: stepsFrom(element, overlay), overlay };
  clearTimeout(timer);
  observer?.disconnect();
  observer?.observe(element, { attributes: true, attributeFilter: ["disabled"] });
  for (const { parent } of here.steps) observer?.observe(parent, { childList: true });
  // What lies over the page goes with its frame.
  for (let box = overlay; box !== null && box !== document.body; box = box.parentElement)
    observer?.observe(box.parentElement ?? box, { childList: true });
}

function stepsFrom(element: Element, overlay: Element | null): Step[] {
  const steps: Step[] = [];
  for (let child = element; child !== overlay && !child.matches(PLACE); ) {
    const parent = child.parentElement;
    if (parent === null) break;
    steps.push({ child, parent, before: child.previousElementSibling, after: child.nextElementSibling });
    child = parent;
  }
  return steps;
}

function look() {
  if (here === undefined || (here.element.isConnected && !isDisabled(here.element))) return;
  clearTimeout(timer);
  timer = setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(putBack)), GRACE_MS);
}

function putBack() {
  const { activeElement } = document;
  const isLost = activeElement === null || activeElement === document.body || isDisabled(activeElement);
  if (here === undefined || !isLost) return;
  const tried = new Set<Spot>();
  for (let spot: Spot | undefined = here; spot !== undefined && !tried.has(spot); spot = homeOf(spot)) {
    tried.add(spot);
    const found = nearest(spot);
    if (found === undefined) continue;
    found.focus({ preventScroll: true });
    return;
  }
  const main = document.querySelector<HTMLElement>("main");
  if (main === null) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}

function homeOf({ overlay }: Spot): Spot | undefined {
  return overlay === null ? undefined : openedFrom.get(overlay);
}

function nearest({ element, steps }: Spot): HTMLElement | undefined {
  if (element instanceof HTMLElement && isTabbable(element)) return element;
  for (const step of steps) {
    if (!step.parent.isConnected) continue;
    const found = beside(step);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What took its place or follows it, else what is before it. */
function beside({ child, parent, before, after }: Step): HTMLElement | undefined {
  const isThere = (one: Element | null) => one?.parentElement === parent;
  const next = isThere(child)
    ? child.nextElementSibling
    : isThere(before)
      ? (before?.nextElementSibling ?? null)
      : before === null || !isThere(after)
        ? parent.firstElementChild
        : after;
  for (let one = next; one !== null; one = one.nextElementSibling) {
    const [first] = tabbables(one);
    if (first !== undefined) return first;
  }
  const last = isThere(child)
    ? child.previousElementSibling
    : (next?.previousElementSibling ?? parent.lastElementChild);
  for (let one = last; one !== null; one = one.previousElementSibling) {
    const found = tabbables(one).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tabbables(root: Element): HTMLElement[] {
  return [root, ...root.querySelectorAll(TABBABLE)].filter(
    (one): one is HTMLElement => one instanceof HTMLElement && isTabbable(one),
  );
}

function isTabbable(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    element.tabIndex >= 0 &&
    !isDisabled(element) &&
    element.closest("[inert], [aria-hidden=true]") === null &&
    element.checkVisibility?.({ visibilityProperty: true }) !== false
  );
}

function isDisabled(element: Element): boolean {
  return element.matches(":disabled");
}
