/** The part of a page that is seen: iOS lays its keyboard over the page instead of making the page smaller. */

/** Writes where that part begins and how high it is into custom properties of an element, while they differ. */
export function followSeenArea(element: HTMLElement): () => void {
  const seen = window.visualViewport;
  if (seen === null) return () => undefined;
  const measure = () => {
    // Zoomed in, it is the reader who chose what is seen.
    const isCovered = seen.scale === 1 && seen.height < window.innerHeight - 1;
    const values = { "--seen-top": `${seen.offsetTop}px`, "--seen": `${seen.height}px` };
    for (const [name, value] of Object.entries(values)) {
      if (isCovered) element.style.setProperty(name, value);
      else element.style.removeProperty(name);
    }
  };
  measure();
  seen.addEventListener("resize", measure);
  seen.addEventListener("scroll", measure);
  return () => {
    seen.removeEventListener("resize", measure);
    seen.removeEventListener("scroll", measure);
  };
}
