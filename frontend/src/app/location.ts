/**
 * The address of the page, over the browser's own history.
 *
 * A change is seen at once by all who use it: no page waits for another to be left.
 */
import { useSyncExternalStore } from "react";
import { type Address, type Route, routeOf } from "./routes";

type Place = { address: Address; route: Route };

let place = read();
const listeners = new Set<() => void>();

function read(): Place {
  const { pathname, search } = globalThis.location ?? { pathname: "/", search: "" };
  return { address: { pathname, search }, route: routeOf({ pathname, search }) };
}

function moved() {
  place = read();
  for (const listener of listeners) listener();
}

globalThis.addEventListener?.("popstate", moved);

/** Goes to an address of ours; with `replace` the one that is left is not kept in the history. */
export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  const { pathname, search } = place.address;
  if (replace || href === pathname + search) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  moved();
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
