/**
 * Files that are dragged over the page: seen wherever they are, so that the messages being written can say where to
 * drop them, and none that is dropped beside them opens in the place of the page.
 */

/** While something is dragged over the page, it says so every 350 ms or more often. */
const GONE_MS = 1_000;

let isOver = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export const fileDrag = {
  get: () => isOver,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function set(next: boolean) {
  if (next === isOver) return;
  isOver = next;
  for (const listener of listeners) listener();
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") ?? false;
}

function onOver(event: DragEvent) {
  if (!hasFiles(event)) return;
  set(true);
  clearTimeout(timer);
  timer = setTimeout(() => set(false), GONE_MS);
  // Whoever takes files has said so by now.
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "none";
}

function onLeave(event: DragEvent) {
  // Out of the window, not from one element to another.
  if (event.relatedTarget === null) set(false);
}

function onDrop(event: DragEvent) {
  set(false);
  if (hasFiles(event)) event.preventDefault();
}

export function watchFileDrag(): () => void {
  window.addEventListener("dragover", onOver);
  window.addEventListener("dragleave", onLeave);
  window.addEventListener("drop", onDrop);
  return () => {
    window.removeEventListener("dragover", onOver);
    window.removeEventListener("dragleave", onLeave);
    window.removeEventListener("drop", onDrop);
  };
}
