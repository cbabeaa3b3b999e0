/** Steps of the keyboard: rows further on are asked for before they are reached, and a step waits for its row. */
import { mailStore } from "../mailStore";
import type { Sort, Source } from "../store/types";

/** So many rows are known before they are walked to. */
const AHEAD = 40;
const WAIT_MS = 10_000;

let stop: () => void = () => undefined;

/** Calls `arrive` with the row at `index` as soon as it is here, unless anything else is done before. */
export function walk(source: Source, sort: Sort, index: number, by: number, arrive: (id: string) => void) {
  stop();
  const end = index + Math.sign(by) * AHEAD;
  mailStore.need(source, sort, Math.min(index, end), Math.max(index, end) + 1);
  const here = () => mailStore.view(source, sort).idAt(index);
  const id = here();
  if (id !== undefined) return arrive(id);
  const other = new AbortController();
  const unsubscribe = mailStore.subscribe(() => {
    const id = here();
    if (id === undefined) return;
    stop();
    arrive(id);
  });
  const timer = setTimeout(() => stop(), WAIT_MS);
  for (const kind of ["keydown", "pointerdown", "popstate"])
    addEventListener(kind, () => stop(), { capture: true, signal: other.signal });
  stop = () => {
    stop = () => undefined;
    unsubscribe();
    clearTimeout(timer);
    other.abort();
  };
}
