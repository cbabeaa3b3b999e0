/** Destinations and pauses as one list: a paused one stands in it even where nothing waits for it; pure. */
import type { SpoolDestination, SpoolPause } from "./documents";

export type DestinationRow = SpoolDestination & { pause: SpoolPause | undefined };

/** The domain of the pause that stops all sending. */
export const ALL_SENDING = "";

export function rowsOf(
  destinations: readonly SpoolDestination[],
  pauses: readonly SpoolPause[],
): DestinationRow[] {
  const named = new Map(
    pauses.filter(({ domain }) => domain !== ALL_SENDING).map((one) => [one.domain, one]),
  );
  const known = new Set(destinations.map(({ domain }) => domain));
  const empty = [...named.values()].filter(({ domain }) => !known.has(domain));
  return [
    ...destinations.map((one) => ({ ...one, pause: named.get(one.domain) })),
    ...empty.map((pause) => ({
      domain: pause.domain,
      queued: 0,
      held: 0,
      nextAttemptAt: null,
      mostAttempts: 0,
      pause,
    })),
  ];
}
