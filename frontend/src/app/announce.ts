/** What is spoken without being shown: new mail, acts by key. At most one sentence a second; the last one wins. */

const PAUSE_MS = 1_000;
let region: HTMLElement | null = null;
let waiting: string | undefined;
let isPausing = false;

export function setAnnouncer(element: HTMLElement | null): void {
  region = element;
}

export function announce(text: string): void {
  waiting = text;
  if (isPausing) return;
  isPausing = true;
  setTimeout(speak, 50);
}

function speak() {
  isPausing = waiting !== undefined;
  if (waiting === undefined) return;
  if (region !== null) region.textContent = waiting;
  waiting = undefined;
  setTimeout(speak, PAUSE_MS);
}
