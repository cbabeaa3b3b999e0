/**
 * Keeps a frame as tall as the message in it.
 *
 * Observes the body, never the root. A message that grows again and again without a picture having come or the
 * width having changed is sized by its own frame: after `MAX_UNEXPLAINED` growths it scrolls instead.
 */

const MAX_UNEXPLAINED = 3;
const MAX_HEIGHT = 200_000;

export function followHeight(frame: HTMLIFrameElement): () => void {
  const document = frame.contentDocument;
  // Not `document.body`: a picture with that name would stand for it.
  const body = document?.querySelector<HTMLElement>("body") ?? null;
  if (document === null || body === null) return () => undefined;
  let height = 0;
  let width = frame.clientWidth;
  let unexplained = 0;
  let isExplained = true;

  function measure() {
    if (body === null) return;
    const whole = Math.ceil(body.scrollHeight);
    const next = Math.min(MAX_HEIGHT, whole);
    // What is taller than any frame should be scrolls inside of it.
    if (whole > MAX_HEIGHT) body.ownerDocument.documentElement.style.overflow = "auto";
    if (frame.clientWidth !== width) isExplained = true;
    width = frame.clientWidth;
    if (Math.abs(next - height) < 1) return;
    if (next > height && !isExplained) unexplained += 1;
    if (next > height && unexplained > MAX_UNEXPLAINED) {
      observer.disconnect();
      body.ownerDocument.documentElement.style.overflow = "auto";
      return;
    }
    isExplained = false;
    height = next;
    frame.style.blockSize = `${next}px`;
  }
  function explain() {
    isExplained = true;
    measure();
  }

  const observer = new ResizeObserver(measure);
  observer.observe(body);
  document.addEventListener("load", explain, true);
  document.addEventListener("toggle", explain, true);
  measure();
  return () => {
    observer.disconnect();
    document.removeEventListener("load", explain, true);
    document.removeEventListener("toggle", explain, true);
  };
}
