/**
 * The address of the page, over the browser's history of pages and layers.
 *
 * A change is seen at once by all who use it: no page waits for another to be left.
 */
import { useSyncExternalStore } from "react";
import { pageHistory } from "@/lib/pageHistory";
import { type Address, type Route, routeOf } from "./routes";

type Place = { address: Address; route: Route };

let place = read();
const listeners = new Set<() => void>();

function read(): Place {
  const [pathname = "/", query] = pageHistory.href.split("?", 2);
  const address = { pathname, search: query === undefined ? "" : `?${query}` };
  return { address, route: routeOf(address) };
}

pageHistory.onMoved = () => {
  place = read();
  for (const listener of listeners) listener();
};

/** Goes to an address of ours; with `replace` the one that is left is not kept in the history. */
export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) pageHistory.replace(href);
  else pageHistory.push(href);
}

/** Goes back to the page that the one on screen was opened from, so that Back does not show it a second time. */
export function retreat(href: string): void {
  pageHistory.retreat(href);
}

export function currentPlace(): Place {
  return place;
}

/** The address and what it means; the same object until it changes. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, currentPlace);
}

export function useRoute(): Route {
  return usePlace().route;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
