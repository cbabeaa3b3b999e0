/** Which messages of the queue are shown, as the address says it: found again after looking at one of them. */
import type { SpoolState } from "@/api";

export type QueueFilters = { search: string; domain: string; state: SpoolState | undefined };

const states: readonly string[] = [
  "QUEUED",
  "HELD",
  "DELIVERED",
  "FAILED",
  "DROPPED",
  "EXPANDED",
] satisfies SpoolState[];
const isState = (text: string | null): text is SpoolState => text !== null && states.includes(text);

export function filtersOf(search: string): QueueFilters {
  const params = new URLSearchParams(search);
  const state = params.get("state");
  return {
    search: params.get("q") ?? "",
    domain: params.get("domain") ?? "",
    state: isState(state) ? state : undefined,
  };
}

/** The path of the queue with these filters, below /admin/. */
export function queuePath({ search, domain, state }: QueueFilters): string {
  const params = new URLSearchParams();
  if (search !== "") params.set("q", search);
  if (domain !== "") params.set("domain", domain);
  if (state !== undefined) params.set("state", state);
  const text = params.toString();
  return text === "" ? "queue" : `queue?${text}`;
}
