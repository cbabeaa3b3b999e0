/** Where the messages of a conversation stand in their pane; the page around it never moves. */
import styles from "./ReadingPane.module.css";

const paneOf = (element: Element) => element.closest<HTMLElement>(`.${styles.scroller}`);

export function sectionsOf(list: Element | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-message]") ?? [])];
}

/** Brings a message to the top of the pane. */
export function scrollToTop(section: Element): void {
  const pane = paneOf(section);
  if (pane === null) return;
  pane.scrollTop += section.getBoundingClientRect().top - pane.getBoundingClientRect().top;
}

/** Remembers where the first message in sight stands; the answer puts it there again, whatever came above it. */
export function holdPlace(list: Element): () => void {
  const pane = paneOf(list);
  if (pane === null) return () => undefined;
  const top = pane.getBoundingClientRect().top;
  // By what is in a message and not by its border, whose distance is another where several stand together.
  const held = sectionsOf(list)
    .filter((section) => section.getBoundingClientRect().bottom > top)
    .map((section) => section.firstElementChild ?? section)
    .map((element) => ({ element, top: element.getBoundingClientRect().top }));
  return () => {
    const kept = held.find(({ element }) => element.isConnected);
    if (kept !== undefined) pane.scrollTop += kept.element.getBoundingClientRect().top - kept.top;
  };
}

/** Tells which of these messages are out of sight, now and whenever that changes. */
export function watchSight(
  list: Element,
  ids: readonly string[],
  onSight: (id: string, isInSight: boolean) => void,
): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const id = target instanceof HTMLElement ? target.dataset.message : undefined;
        if (id !== undefined) onSight(id, isIntersecting);
      }
    },
    { root: paneOf(list) },
  );
  for (const section of sectionsOf(list))
    if (ids.includes(section.dataset.message ?? "")) observer.observe(section);
  return () => observer.disconnect();
}
